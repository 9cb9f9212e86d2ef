using System.CommandLine;
using Slipway.Cli.Hosting;
using Slipway.Performance;
using Slipway.Storage.Leases;
using Slipway.Storage.Sqlite;

namespace Slipway.Cli.Commands;

/// <summary>What <c>slipway bench</c> starts this program with, to kill it on the way; not for people.</summary>
internal sealed class BenchChainVerb : Verb
{
    public const string VerbName = "bench-chain";

    public BenchChainVerb(Surroundings surroundings)
        : base(VerbName, "Begin a chain of steps that do nothing, or go on with it", surroundings, $"{VerbName} /tmp/chain.db 1000")
    {
        Hidden = true;
        var file = new Argument<string>("file") { Description = "The journal" };
        var steps = new Argument<int>("steps") { Description = "How many steps the chain has" };
        Add(file);
        Add(steps);
        SetAction(async (arguments, cancellationToken) =>
        {
            await using var journal = SqliteJournal.Open(new SqliteStoreOptions { File = arguments.GetRequiredValue(file) }, surroundings.Time);
            var result = await BenchChain.RunAsync(journal, LeaseOwner.Current.ToString(), arguments.GetRequiredValue(steps), cancellationToken);
            foreach (var problem in result.Problems) await surroundings.Error.WriteLineAsync(problem.ToString());
            return result.IsSuccess ? ExitCodes.Done : ExitCodes.Error;
        });
    }
}
