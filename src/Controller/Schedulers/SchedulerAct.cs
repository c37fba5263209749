using System.Collections.Immutable;
using Forewarn.Controller.Jobs;
using Forewarn.Model;

namespace Forewarn.Controller.Schedulers;

/// <summary>
/// One thing to be done to the cluster. Each is wanted until it is seen to be so: done twice it changes nothing more, so that a controller which was
/// killed between the deed and its note does it again and no harm comes of it.
/// </summary>
public abstract record SchedulerAct
{
    private SchedulerAct()
    {
    }

    /// <summary>No new work for the node; what others gave as their reason stays.</summary>
    /// <param name="Node">Which.</param>
    /// <param name="Reason">Why, with incident and epoch.</param>
    public sealed record TakeOut(string Node, string Reason) : SchedulerAct;

    /// <summary>The node takes work again: only what we took out ourselves.</summary>
    /// <param name="Node">Which.</param>
    public sealed record PutBack(string Node) : SchedulerAct;

    /// <summary>Keeps nodes for one job's return: nobody else starts there.</summary>
    /// <param name="Name">Name of the hold, by which it is found again.</param>
    /// <param name="Nodes">Which nodes.</param>
    /// <param name="User">For whose job.</param>
    /// <param name="For">How long at most, should we never come back.</param>
    public sealed record HoldNodes(string Name, ImmutableArray<string> Nodes, string User, TimeSpan For) : SchedulerAct
    {
        /// <summary>With the nodes' names, which a record of its own accord does not tell.</summary>
        public override string ToString() => $"{nameof(HoldNodes)} {{ Name = {Name}, Nodes = {string.Join(',', Nodes)}, User = {User}, For = {For} }}";
    }

    /// <summary>Gives such nodes free.</summary>
    /// <param name="Name">Name of the hold.</param>
    public sealed record DropHold(string Name) : SchedulerAct;

    /// <summary>Sends the signal that the job's owner declared, never any other.</summary>
    /// <param name="Job">Which, by its address.</param>
    /// <param name="Name">Without SIG.</param>
    /// <param name="Target">Who in the job gets it.</param>
    public sealed record Signal(string Job, string Name, SignalTarget Target) : SchedulerAct;

    /// <summary>Takes the job off its nodes; it waits and does not start before it is let go.</summary>
    /// <param name="Job">Which, by its address.</param>
    /// <param name="MayHaveEnded">It ends when it is asked, and is then started anew all the same; any other that has ended meanwhile stays so.</param>
    public sealed record StopAndHold(string Job, bool MayHaveEnded) : SchedulerAct;

    /// <summary>Tells a held job where it shall start.</summary>
    /// <param name="Job">Which, by its address.</param>
    /// <param name="Nodes">Where.</param>
    /// <param name="Hold">The hold over these nodes.</param>
    public sealed record Steer(string Job, ImmutableArray<string> Nodes, string Hold) : SchedulerAct
    {
        /// <summary>With the nodes' names, which a record of its own accord does not tell.</summary>
        public override string ToString() => $"{nameof(Steer)} {{ Job = {Job}, Nodes = {string.Join(',', Nodes)}, Hold = {Hold} }}";
    }

    /// <summary>Takes back what a waiting job was told of where to start.</summary>
    /// <param name="Job">Which, by its address.</param>
    public sealed record Unsteer(string Job) : SchedulerAct;

    /// <summary>Lets a held job start.</summary>
    /// <param name="Job">Which, by its address.</param>
    public sealed record LetGo(string Job) : SchedulerAct;

    /// <summary>Frees a running job of the hold under which it started.</summary>
    /// <param name="Job">Which, by its address.</param>
    public sealed record Detach(string Job) : SchedulerAct;

    /// <summary>Has the scheduler keep with the job what its owner is told of us, in brackets; what others wrote there stays.</summary>
    /// <param name="Job">Which, by its address.</param>
    /// <param name="Text">What stands between the brackets.</param>
    public sealed record Note(string Job, string Text) : SchedulerAct;

    /// <summary>Reboots a node that is drained and has no job; what it was drained for stays.</summary>
    /// <param name="Node">Which.</param>
    /// <param name="Reason">Why, with incident and epoch; by it one sees that it was asked for.</param>
    public sealed record Reboot(string Node, string Reason) : SchedulerAct;

    /// <summary>Begins the site's own repair of a node that is drained and has no job. It goes on while other things are done.</summary>
    /// <param name="Key">By which it is known while it runs.</param>
    /// <param name="Command">The site's program.</param>
    /// <param name="Node">Which node.</param>
    /// <param name="Device">Which device.</param>
    /// <param name="Action">What is asked for.</param>
    /// <param name="Within">How long it may take.</param>
    public sealed record RunRepair(string Key, string Command, string Node, string Device, RepairAction Action, TimeSpan Within) : SchedulerAct;

    /// <summary>Keeps one node for our validation alone, until it is dropped: should we never come back, nobody else starts there.</summary>
    /// <param name="Name">Name of the hold, by which it is found again.</param>
    /// <param name="Node">Which node.</param>
    /// <param name="User">As whom the validation runs.</param>
    public sealed record Fence(string Name, string Node, string User) : SchedulerAct;

    /// <summary>Has the site's validation run on such a node, as a job; once under one name.</summary>
    /// <param name="Name">The job's name.</param>
    /// <param name="Hold">The hold over the node.</param>
    /// <param name="Node">Which node.</param>
    /// <param name="User">As whom.</param>
    /// <param name="Partition">In which partition.</param>
    /// <param name="Script">The site's batch script.</param>
    /// <param name="Device">The device that was repaired.</param>
    /// <param name="Action">What was done.</param>
    /// <param name="Within">How long it may take.</param>
    public sealed record Validate(string Name, string Hold, string Node, string User, string Partition, string Script, string Device, RepairAction Action, TimeSpan Within) : SchedulerAct;

    /// <summary>Ends a validation of ours.</summary>
    /// <param name="Job">Which, by its address.</param>
    public sealed record EndOwn(string Job) : SchedulerAct;
}
