using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>What the ledger knows of one thing that a rule says or said.</summary>
internal sealed class OpenFinding(string rule, long key, DateTimeOffset since)
{
    public string Rule => rule;

    public long Key { get; set; } = key;

    /// <summary>When it began to hold.</summary>
    public DateTimeOffset Since { get; set; } = since;

    /// <summary>When it last held.</summary>
    public DateTimeOffset Held { get; set; } = since;

    /// <summary>How long it was seen to hold, while it is not sure yet.</summary>
    public TimeSpan HeldFor { get; set; }

    /// <summary>Its evidence is gone.</summary>
    public bool IsGone { get; set; }

    /// <summary>How long its evidence was seen to be gone.</summary>
    public TimeSpan GoneFor { get; set; }

    /// <summary>How long it was seen to be milder than it is told, and how grave it was at most within that.</summary>
    public (TimeSpan For, int Gravity) Milder { get; set; }

    /// <summary>How often its cause came.</summary>
    public long Count { get; set; } = 1;

    /// <summary>How many restarts the device had when it last held; another number opens the latch.</summary>
    public int Restarts { get; set; }

    /// <summary>The boot in which it last held.</summary>
    public string BootId { get; set; } = "";

    /// <summary>The verdict as it was last put into words, and when that was.</summary>
    public Verdict Told { get; set; }

    public DateTimeOffset ToldAt { get; set; }

    /// <summary>What everybody sees; null while it is not sure yet, or dismissed.</summary>
    public Finding? Finding { get; set; }

    /// <summary>Seen in this round of questions, or not asked about.</summary>
    public bool IsMentioned { get; set; }

    /// <summary>An operator cleared it; null when nobody did.</summary>
    public Dismissal? Dismissed { get; set; }

    /// <summary>From now on it is another episode, of which nothing is sure yet.</summary>
    public void BeginAnew(DateTimeOffset since)
    {
        (Since, HeldFor, Count) = (since, TimeSpan.Zero, 1);
        (IsGone, GoneFor, Milder) = (false, TimeSpan.Zero, default);
    }

    public void Save(MemoryWriter memory)
    {
        memory.Text(Rule);
        memory.Number(Key);
        memory.Time(Since);
        memory.Time(Held);
        memory.Span(HeldFor);
        memory.Flag(IsGone);
        memory.Span(GoneFor);
        memory.Span(Milder.For);
        memory.Number(Milder.Gravity);
        memory.Number(Count);
        memory.Number(Restarts);
        memory.Text(BootId);
        memory.Number(Told.Value);
        memory.Number(Told.Threshold);
        memory.Time(ToldAt);
        memory.Flag(Dismissed is not null);
        if (Dismissed is not { } dismissed) return;
        memory.Time(dismissed.At);
        memory.Number(dismissed.Value);
        memory.Number(dismissed.Threshold);
        memory.Byte((byte)dismissed.Severity);
        memory.Text(dismissed.Why, MostWhy);
    }

    public static OpenFinding Load(ref MemoryReader memory)
    {
        var (rule, key, since) = (memory.Text(), memory.Whole(), memory.Time());
        var open = new OpenFinding(rule, key, since)
        {
            Held = memory.Time(),
            HeldFor = memory.Span(),
            IsGone = memory.Flag(),
            GoneFor = memory.Span(),
            Milder = (memory.Span(), (int)memory.Whole()),
            Count = memory.Whole(),
            Restarts = (int)memory.Whole(),
            BootId = memory.Text(),
            Told = new Verdict(key, memory.Number(), memory.Number()),
            ToldAt = memory.Time(),
        };
        if (memory.Flag()) open.Dismissed = new Dismissal(rule, key, memory.Time(), memory.Number(), memory.Number(), (Severity)memory.Byte(), memory.Text());
        return open;
    }

    // Own figure: what an operator types on a command line.
    private const int MostWhy = 200;
}
