using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>What is logged while a driver loads or a card is reset is news of what came up, and no memory of what went down.</summary>
public class SinceRestartTests
{
    private const string NextBoot = "b0070000-0000-4000-8000-000000000002";
    private readonly TestNode _node = new(2, new FirmwareStalled(), new DriverTrouble(RuleScope.Device), new HardwareError(), new BusErrors(RuleScope.Device));

    /// <summary>One of each rule that a reset ends.</summary>
    public static TheoryData<HealthEventKind, int> Errors => new()
    {
        { HealthEventKind.DriverError, 119 },
        { HealthEventKind.DriverTrouble, 0 },
        { HealthEventKind.DeviceHardwareError, 1 },
        { HealthEventKind.BusError, 2 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_was_logged_before_the_driver_was_first_seen_in_this_boot_stands(HealthEventKind kind, int code)
    {
        _node.Happen(0, kind, code, "RmInitAdapter failed").Pass(20);
        Load();
        Assert.Single(_node.Pass(1800).Findings(0));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_was_logged_while_the_driver_loaded_anew_stands(HealthEventKind kind, int code)
    {
        Read(100).Pass(10).Happen(0, kind, code, "RmInitAdapter failed").Pass(20);
        Load();
        Assert.Single(Read(1).Pass(1800).Findings(0));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_was_logged_while_the_card_was_reset_stands(HealthEventKind kind, int code)
    {
        Read(100).Pass(10).Happen(0, kind, code, "GPU reset").Pass(20).Reset(0);
        Assert.Single(Read(1).Pass(1800).Findings(0));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_card_that_hung_from_its_error_on_is_healed_by_its_reset(HealthEventKind kind, int code)
    {
        Read(100).Pass(10).Happen(0, kind, code, "timeout waiting for a response").Pass(600);
        Assert.Single(_node.Findings(0));
        _node.Reset(0);
        Assert.Empty(Read(1).Pass(1800).Findings(0));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_was_logged_before_that_is_over(HealthEventKind kind, int code)
    {
        Read(100).Happen(0, kind, code, "as logged").Pass(10);
        Read(101).Pass(20);
        Load();
        Assert.Empty(Read(1).Pass(1800).Findings(0));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_card_that_is_never_read_is_reset_with_those_beside_it(HealthEventKind kind, int code)
    {
        _node.Happen(0, kind, code, "RmInitAdapter failed").Pass(20).Read(1, SignalId.Energy, 100).Pass(10);
        Assert.Single(_node.Findings(0));
        Load();
        Assert.Empty(_node.Pass(1800).Findings(0));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void What_was_logged_in_another_boot_is_over(HealthEventKind kind, int code)
    {
        _node.Happen(0, kind, code, "as logged").Pass(20).Restart(NextBoot);
        Assert.Empty(Read(1).Pass(1800).Findings(0));
    }

    private TestNode Read(double joules) => _node.Read(0, SignalId.Energy, joules).Read(1, SignalId.Energy, joules);

    private void Load() => _node.Node.DriverLoaded = _node.Now;
}
