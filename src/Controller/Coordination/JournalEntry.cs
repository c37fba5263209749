using System.Text.Json.Serialization;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;

namespace Forewarn.Controller.Coordination;

/// <summary>
/// One line of the journal. It is written before what it says is acted on, is never changed, and all of them in their order are everything that the
/// controller knows of its own doing.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(OfIncident), "incident")]
[JsonDerivedType(typeof(OfDecision), "decision")]
[JsonDerivedType(typeof(OfRecovery), "recovery")]
[JsonDerivedType(typeof(OfDrain), "drain")]
[JsonDerivedType(typeof(OfRepair), "repair")]
[JsonDerivedType(typeof(OfAsk), "ask")]
[JsonDerivedType(typeof(OfOrder), "order")]
[JsonDerivedType(typeof(OfAct), "act")]
[JsonDerivedType(typeof(OfLook), "look")]
public abstract record JournalEntry
{
    private JournalEntry()
    {
    }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The trouble that it belongs to; 0 for none.</summary>
    [JsonIgnore]
    public abstract long About { get; }

    /// <summary>What sort of line it is.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>A trouble was opened, has changed or was closed.</summary>
    public sealed record OfIncident(Incident Incident) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Incident.Id;

        /// <inheritdoc/>
        public override string Kind => "incident";
    }

    /// <summary>Something was decided.</summary>
    public sealed record OfDecision(DecisionRecord Decision) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Decision.Incident;

        /// <inheritdoc/>
        public override string Kind => "decision";
    }

    /// <summary>A move has come a step further.</summary>
    public sealed record OfRecovery(JobRecovery Recovery) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Recovery.Incident;

        /// <inheritdoc/>
        public override string Kind => "recovery";
    }

    /// <summary>A node is taken out, was seen out, or was put back by a person.</summary>
    public sealed record OfDrain(OurDrain Drain) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Drain.Incident;

        /// <inheritdoc/>
        public override string Kind => "drain";
    }

    /// <summary>The repair of a node has come a step further.</summary>
    public sealed record OfRepair(NodeRepair Repair) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Repair.Incident;

        /// <inheritdoc/>
        public override string Kind => "repair";
    }

    /// <summary>A job that stays is asked for a checkpoint.</summary>
    public sealed record OfAsk(CheckpointAsk Ask) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Ask.Incident;

        /// <inheritdoc/>
        public override string Kind => "ask";
    }

    /// <summary>A person gave an order.</summary>
    public sealed record OfOrder(PersonOrder Order) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Order.Incident;

        /// <inheritdoc/>
        public override string Kind => "order";
    }

    /// <summary>The scheduler was asked for something; written when it has answered.</summary>
    /// <param name="Incident">For which trouble.</param>
    /// <param name="What">Which sort of act: the name of its type.</param>
    /// <param name="Text">The whole, for a person.</param>
    /// <param name="Began">When it was asked.</param>
    /// <param name="Trouble">What the scheduler had against it; empty when it did as it was asked.</param>
    public sealed record OfAct(long Incident, string What, string Text, DateTimeOffset Began, string Trouble) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => Incident;

        /// <inheritdoc/>
        public override string Kind => "act";
    }

    /// <summary>A look after which something was done; one that only waits leaves no line.</summary>
    /// <param name="Seen">When the scheduler had answered how things stand.</param>
    /// <param name="Commands">How long it took over what it was then asked for.</param>
    /// <param name="Asked">When the scheduler was asked how things stand; null in lines of earlier versions.</param>
    /// <param name="Idle">
    /// Since when the loop had stood still and could have looked: since the look before, or since it was woken. Looks that found nothing to do leave no line and lie before it.
    /// </param>
    public sealed record OfLook(DateTimeOffset Seen, TimeSpan Commands, DateTimeOffset? Asked = null, DateTimeOffset? Idle = null) : JournalEntry
    {
        /// <inheritdoc/>
        public override long About => 0;

        /// <inheritdoc/>
        public override string Kind => "look";
    }
}
