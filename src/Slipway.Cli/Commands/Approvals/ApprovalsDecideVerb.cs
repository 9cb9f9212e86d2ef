using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Slipway.Cli.Hosting;
using Slipway.Cli.Views;
using Slipway.Cli.Views.Approvals;
using Slipway.Cli.Views.Platform;
using Slipway.Coordination.Approvals;
using Slipway.Coordination.Runs;

namespace Slipway.Cli.Commands.Approvals;

/// <summary><c>slipway approvals approve</c> and <c>slipway approvals reject</c>.</summary>
internal sealed class ApprovalsDecideVerb : Verb
{
    private static readonly string[] UserVariables = ["SLIPWAY_USER", "USER", "USERNAME"];

    private readonly Argument<string> _name = CommonOptions.Question();
    private readonly Option<string?> _note = new("--note") { Description = "Why, for whoever reads it later; it is journaled", HelpName = "text" };
    private readonly Option<string?> _by;
    private readonly Option<string[]> _groups = new("--group")
    {
        Description = "A group that you belong to, where groups may decide; may be repeated",
        HelpName = "name",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _answer = new("--answer") { Description = "What the step should know, as JSON; it is journaled", HelpName = "json" };
    private readonly Option<string> _directory;
    private readonly Option<OutputFormat> _format = CommonOptions.Output();
    private readonly bool _isApproved;

    public ApprovalsDecideVerb(Surroundings surroundings, bool isApproved)
        : base(
            isApproved ? "approve" : "reject",
            isApproved ? "Say yes: the step goes on, in whichever process its run is" : "Say no: the step fails",
            surroundings,
            isApproved
                ? ["approvals approve release-7/deploy/1", "approvals approve release-7/deploy/1 --by ann --group ops --note \"seen the diff\"", "approvals approve release-7/size/1 --answer '{\"replicas\": 3}'"]
                : ["approvals reject release-7/deploy/1 --note \"not on a Friday\""])
    {
        _isApproved = isApproved;
        _directory = CommonOptions.Directory(surroundings);
        _by = new Option<string?>("--by")
        {
            Description = "Who decides; default: SLIPWAY_USER, or the user of this session",
            HelpName = "name",
            DefaultValueFactory = result => UserOf(surroundings) ?? Refuse(result),
        };
        _by.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && string.IsNullOrWhiteSpace(given)) Refuse(result);
        });
        _answer.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && Parse(text) is null) result.AddError($"--answer takes JSON, in which text has quotes of its own, not '{text}'");
        });
        Add(_name);
        Add(_note);
        Add(_by);
        Add(_groups);
        if (isApproved) Add(_answer);
        Add(_directory);
        Add(_format);
        SetAction(DecideAsync);
    }

    private static string? UserOf(Surroundings surroundings) =>
        UserVariables.Select(surroundings.Environment.GetVariable).FirstOrDefault(user => !string.IsNullOrWhiteSpace(user));

    private static string? Refuse(SymbolResult result)
    {
        result.AddError("say who decides with --by");
        return null;
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<int> DecideAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var output = OutputOf(arguments, _format);
        var folder = arguments.GetRequiredValue(_directory);
        await using var store = PlatformStore.OpenExisting(Surroundings, folder);
        var (asked, problem) = await KnownApprovals.FindAsync(store?.Approvals, arguments.GetRequiredValue(_name), cancellationToken);
        if (store is null || asked is null)
        {
            output.Tell([problem!]);
            return ExitCodes.Error;
        }

        var decision = new ApprovalDecision
        {
            IsApproved = _isApproved,
            By = arguments.GetRequiredValue(_by)!,
            Groups = arguments.GetValue(_groups) ?? [],
            Note = arguments.GetValue(_note),
            Answer = arguments.GetValue(_answer) is { } text ? Parse(text)!.Value : default,
        };
        var (result, approval) = await store.Approvals.DecideAsync(asked.Request.Id, decision, cancellationToken);
        if (result is not DecisionResult.Accepted)
        {
            output.Tell([ApprovalProblems.Of(result, approval ?? asked, decision)]);
            return result is DecisionResult.NotAllowed ? ExitCodes.Refused : ExitCodes.Error;
        }

        if (output.Format is not OutputFormat.Table) output.Write(new ApprovalView(approval!, ShownPaths.Of(Surroundings, folder)));
        output.Say($"{approval!.Request.Id}: {RunNames.Of(approval.Status)} by {decision.By}");
        return ExitCodes.Done;
    }
}
