using Slipway.Telemetry.Kafka;

namespace Slipway.Telemetry.Tests.Kafka;

public sealed class DeliveryTests
{
    [Fact]
    public void TakeOpen_OnASecondAttempt_LeavesOutWhatIsDeliveredOrUnderWay()
    {
        var delivery = new Delivery(1, new object(), 3);
        Assert.Equal([0, 1, 2], delivery.TakeOpen());
        delivery.Report(0, 0);
        delivery.Report(1, -192);

        Assert.Equal([1], delivery.TakeOpen());

        Assert.False(delivery.Settled.IsCompleted);
        delivery.Report(1, 0);
        delivery.Report(2, 0);
        Assert.True(delivery.Settled.IsCompletedSuccessfully);
        Assert.Equal((0, -192), (delivery.Failed, delivery.LastError));
    }
}
