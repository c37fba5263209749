using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class StorageTroubleTests
{
    private const string NextBoot = "b0070000-0000-4000-8000-000000000002";
    private const long FileSystem = 1;

    private readonly TestNode _node = new(1, new StorageTrouble());

    [Theory]
    [InlineData($"{StorageState.ReadOnly} sda1")]
    [InlineData($"{StorageState.ShutDown} dm-0")]
    public void A_file_system_that_is_out_of_service_stands_however_long_nothing_more_is_said(string unit)
    {
        _node.HappenToNode(HealthEventKind.StorageTrouble, unit: unit).Watch(TimeSpan.FromDays(3));
        Assert.Equal((FileSystem, Latch.Reboot), Assert.Single(_node.NodeFindings().Select(finding => (finding.Key, finding.Latch))));
        _node.Restart().Skip(86_400 * 30).Pass(600);
        Assert.Single(_node.NodeFindings());
        Assert.Empty(_node.Restart(NextBoot).Pass(600).NodeFindings());
    }

    [Fact]
    public void A_person_may_say_that_it_is_repaired()
    {
        _node.HappenToNode(HealthEventKind.StorageTrouble, unit: $"{StorageState.ReadOnly} sda1").Watch(TimeSpan.FromHours(27));
        Assert.True(_node.Judge.Dismiss(_node.Node.Self, "storage-trouble", null, "repaired and mounted", _node.Now, _node.Transitions));
        Assert.Empty(_node.Pass(600).NodeFindings());
    }

    [Fact]
    public void Another_error_of_the_same_disk_does_not_take_its_place()
    {
        _node.HappenToNode(HealthEventKind.StorageTrouble, unit: $"{StorageState.ReadOnly} sda1").Pass(60);
        _node.HappenToNode(HealthEventKind.StorageTrouble, unit: "sda1").Watch(TimeSpan.FromHours(27));
        Assert.Equal(FileSystem, Assert.Single(_node.NodeFindings()).Key);
    }
}
