using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Schedulers;

public class SchedulerActTests
{
    // What the journal and the log say of it is what a person reads afterwards.
    [Theory]
    [MemberData(nameof(All))]
    public void The_text_of_an_act_tells_all_of_it(SchedulerAct act, string text) => Assert.Equal(text, act.ToString());

    [Fact]
    public void No_act_is_left_out_above()
        => Assert.Equal(typeof(SchedulerAct).GetNestedTypes().Select(type => type.Name).Order(), All.Select(row => ((SchedulerAct)((object[])row)[0]).GetType().Name).Order());

    public static TheoryData<SchedulerAct, string> All => new()
    {
        { new SchedulerAct.TakeOut("n3", "forewarn[1/1]: xid-79"), "TakeOut { Node = n3, Reason = forewarn[1/1]: xid-79 }" },
        { new SchedulerAct.PutBack("n3"), "PutBack { Node = n3 }" },
        { new SchedulerAct.HoldNodes("forewarn_1_41_1", ["n1", "n5"], "ada", TimeSpan.FromMinutes(30)), "HoldNodes { Name = forewarn_1_41_1, Nodes = n1,n5, User = ada, For = 00:30:00 }" },
        { new SchedulerAct.DropHold("forewarn_1_41_1"), "DropHold { Name = forewarn_1_41_1 }" },
        { new SchedulerAct.Signal("41", "USR1", SignalTarget.Batch), "Signal { Job = 41, Name = USR1, Target = Batch }" },
        { new SchedulerAct.StopAndHold("41", MayHaveEnded: false), "StopAndHold { Job = 41, MayHaveEnded = False }" },
        { new SchedulerAct.Steer("41", ["n1", "n5"], "forewarn_1_41_1"), "Steer { Job = 41, Nodes = n1,n5, Hold = forewarn_1_41_1 }" },
        { new SchedulerAct.Unsteer("41"), "Unsteer { Job = 41 }" },
        { new SchedulerAct.LetGo("41"), "LetGo { Job = 41 }" },
        { new SchedulerAct.Detach("41"), "Detach { Job = 41 }" },
        { new SchedulerAct.Note("41", "moved off n3"), "Note { Job = 41, Text = moved off n3 }" },
        { new SchedulerAct.Reboot("n3", "forewarn[1/1]: repair 1"), "Reboot { Node = n3, Reason = forewarn[1/1]: repair 1 }" },
        {
            new SchedulerAct.RunRepair("1/1", "/site/repair", "n3", "GPU-3", RepairAction.ResetDevice, TimeSpan.FromMinutes(30)),
            "RunRepair { Key = 1/1, Command = /site/repair, Node = n3, Device = GPU-3, Action = ResetDevice, Within = 00:30:00 }"
        },
        { new SchedulerAct.Fence("forewarn_1_node_1", "n3", "root"), "Fence { Name = forewarn_1_node_1, Node = n3, User = root }" },
        {
            new SchedulerAct.Validate("forewarn_validate_1_1", "forewarn_1_node_1", "n3", "root", "gpu", "/site/validate", "GPU-3", RepairAction.RebootNode, TimeSpan.FromMinutes(5)),
            "Validate { Name = forewarn_validate_1_1, Hold = forewarn_1_node_1, Node = n3, User = root, Partition = gpu, Script = /site/validate, Device = GPU-3, Action = RebootNode, Within = 00:05:00 }"
        },
        { new SchedulerAct.EndOwn("77"), "EndOwn { Job = 77 }" },
    };
}
