using FsCheck;
using FsCheck.Fluent;
using Slipway.Coordination.Signals;
using static Slipway.Coordination.Tests.Signals.SignalRoom;

namespace Slipway.Coordination.Tests.Signals;

/// <summary>Any order of publishing, subscribing, reading and leaving, compared with a queue for each subscription.</summary>
public sealed class SignalHubProperties
{
    private const int History = 6;
    private static readonly string[] Senders = ["a", "b"];

    private enum Act
    {
        Publish,
        Read,
        Subscribe,
        Leave,
    }

    [Fact]
    public void Hub_AnySequenceOfActs_DoesWhatQueuesDo() => Check.One(
        Config.QuickThrowOnFailure.WithReplay(20260104, 7).WithMaxTest(1_000), Prop.ForAll(Arb.From(Gen.ListOf(Steps(), 80)), steps =>
        {
            var room = new SignalRoom(new SignalHubOptions { MaxHistorySize = History });
            var published = new List<string>();
            var models = new List<Model>();
            foreach (var (act, number) in steps) Run(act, number, room, published, models);

            foreach (var model in models)
            {
                Assert.Equal((model.IsOpen ? model.Past.Count + model.Queue.Count : 0, model.Dropped), ((int)model.Subscription.Lag, model.Subscription.Dropped));
                Assert.Equal(model.IsOpen ? model.Past.Concat(model.Queue) : [], Drain(model.Subscription));
            }

            Assert.Equal(models.Count(model => model.IsOpen), room.Hub.Subscriptions);
        }));

    private static void Run(Act act, int number, SignalRoom room, List<string> published, List<Model> models)
    {
        var model = models.Count > 0 ? models[number % models.Count] : null;
        switch (act)
        {
            case Act.Publish:
                var sender = Senders[number % 2];
                var mayPublish = models.All(other => !other.HoldsUp(published.Count, sender));
                Assert.Equal(mayPublish, room.Hub.Publish(Id, Note(number, sender)).IsPublished);
                if (!mayPublish) break;
                foreach (var other in models) other.Take(published.Count + 1, sender);
                published.Add(sender);
                break;
            case Act.Read when model is not null:
                Assert.Equal(model.Read(), model.Subscription.TryRead(out var signal) ? signal.Position : null);
                break;
            case Act.Subscribe when models.Count < 5:
                models.Add(new Model(room, published, number));
                break;
            case Act.Leave when model is not null:
                model.IsOpen = false;
                Assert.True(model.Subscription.DisposeAsync().AsTask().IsCompletedSuccessfully);
                break;
        }
    }

    private static Gen<(Act Act, int Number)> Steps() =>
        from act in Gen.Frequency((6, Gen.Constant(Act.Publish)), (4, Gen.Constant(Act.Read)), (1, Gen.Constant(Act.Subscribe)), (1, Gen.Constant(Act.Leave)))
        from number in Gen.Choose(0, 1_000)
        select (act, number);

    /// <summary>What a subscription promises, as a queue.</summary>
    private sealed class Model
    {
        private readonly SlowConsumerPolicy _policy;
        private readonly int _capacity;
        private readonly string? _only;

        public Model(SignalRoom room, List<string> published, int number)
        {
            _policy = (SlowConsumerPolicy)(number % 3);
            _capacity = 1 + (number % 8);
            _only = (number % 4) switch { 0 => "a", 1 => "b", _ => null };
            var from = number % 5 == 0 ? 1 + (number % (published.Count + 3)) : 0;
            Subscription = room.Subscribe(new SignalSubscriptionOptions
            {
                Capacity = _capacity,
                SlowConsumer = _policy,
                Filter = _only is null ? null : new SignalFilter { Senders = [_only] },
                From = from == 0 ? SignalStart.Now : SignalStart.At(from),
            });
            _capacity = Math.Min(_capacity, History);
            First = from == 0 ? published.Count + 1 : from;
            for (var position = Math.Max(First, published.Count - History + 1L); position <= published.Count; position++)
            {
                if (Wants(position, published[(int)position - 1])) Past.Enqueue(position);
            }
        }

        public SignalSubscription Subscription { get; }

        public bool IsOpen { get; set; } = true;

        /// <summary>What was there before it.</summary>
        public Queue<long> Past { get; } = [];

        public Queue<long> Queue { get; } = [];

        public long Dropped { get; private set; }

        private long First { get; }

        public bool HoldsUp(int last, string sender) => IsOpen && _policy is SlowConsumerPolicy.Wait && IsTooMuch(last + 1, sender);

        public void Take(long position, string sender)
        {
            if (!IsOpen) return;
            if (_policy is SlowConsumerPolicy.Fail && IsTooMuch(position, sender))
            {
                IsOpen = false;
                return;
            }

            if (Wants(position, sender)) Queue.Enqueue(position);
            for (; Queue.Count > _capacity || (Queue.Count > 0 && Queue.Peek() <= position - History); Dropped++) Queue.Dequeue();
        }

        public long? Read() => !IsOpen ? null : Past.TryDequeue(out var past) ? past : Queue.TryDequeue(out var next) ? next : null;

        private bool Wants(long position, string sender) => position >= First && (_only is null || _only == sender);

        private bool IsTooMuch(long position, string sender) =>
            Queue.Count > 0 && ((Wants(position, sender) && Queue.Count == _capacity) || Queue.Peek() <= position - History);
    }
}
