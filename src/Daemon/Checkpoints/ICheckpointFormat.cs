namespace Forewarn.Daemon.Checkpoints;

/// <summary>
/// How one framework lays its checkpoints down: how they are known, and what must be there when one is whole. What holds for all of them (staging names, empty
/// and torn files, the one before, quiet) is not its affair.
/// </summary>
internal interface ICheckpointFormat
{
    /// <summary>As the command line, a job's contract and the JSON name it.</summary>
    string Name { get; }

    /// <summary>True for a folder of this format.</summary>
    /// <param name="name">Its name; "" when that is not known.</param>
    /// <param name="direct">What lies directly in it.</param>
    bool Owns(string name, IReadOnlyList<TreeEntry> direct);

    /// <summary>Says what is missing.</summary>
    void Judge(CheckpointInquiry inquiry);
}
