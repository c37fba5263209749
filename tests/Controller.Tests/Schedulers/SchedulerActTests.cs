using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;

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
        { new SchedulerAct.StopAndHold("41"), "StopAndHold { Job = 41 }" },
        { new SchedulerAct.Steer("41", ["n1", "n5"], "forewarn_1_41_1"), "Steer { Job = 41, Nodes = n1,n5, Hold = forewarn_1_41_1 }" },
        { new SchedulerAct.Unsteer("41"), "Unsteer { Job = 41 }" },
        { new SchedulerAct.LetGo("41"), "LetGo { Job = 41 }" },
        { new SchedulerAct.Detach("41"), "Detach { Job = 41 }" },
        { new SchedulerAct.Note("41", "moved off n3"), "Note { Job = 41, Text = moved off n3 }" },
    };
}
