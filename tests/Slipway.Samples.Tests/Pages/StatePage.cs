#pragma warning disable // Written as a reader would write it who tries the page.
using System.Text.Json;
using Slipway.Coordination.State;
using Slipway.Coordination.State.Stores;

namespace Slipway.Samples.Tests.Pages;

/// <summary>The code of docs/concepts/state.md.</summary>
internal static class StatePage
{
    public static async Task RunAsync()
    {
        static JsonElement Json(string json) { using var document = JsonDocument.Parse(json); return document.RootElement.Clone(); }

        using var state = new SharedState();
        state.Set("build.errors", Json("3"), changedBy: "compiler");
        state.Update(new StateBatch().Set("build.errors", Json("0")).Set("build.note", Json("null")).Delete("build.log"));   // one version

        var snapshot = state.Snapshot();                                     // version 2, whatever happens next
        state.Modify("count", old => Json($"{(old?.GetInt32() ?? 0) + 1}")); // nobody's write gets lost
        var result = state.CompareAndSet(snapshot.Version, "build.errors", Json("9"));
        Console.WriteLine(result.Problem?.ToDiagnostic());                   // SLW5330: the state is at version 3, not at version 2

        state.Rollback(1);                                                   // build.errors is 3 again; this is version 4
        foreach (var record in state.History("build.errors", limit: 2)) Console.WriteLine($"{record.Version} {record.Operation} {record.NewValue}");

        // Changes as they are made, in this process or, for a state over a store, in any.
        await foreach (var change in state.Watch(new StateWatchOptions { Prefix = "build.", FromVersion = 2 }))
        {
            Console.WriteLine($"{change.Key} -> {change.NewValue}");
            break;
        }

        await using var shared = await SharedState.OpenAsync(new InMemoryStateStore(), "run-1");
        await shared.SetAsync("phase", Json("\"test\""));
        await shared.WaitUntilAsync("phase", value => value?.GetString() == "test");
    }
}
