namespace Forewarn.Controller.Jobs;

/// <summary>What sort of job it is; this alone decides how it can be moved.</summary>
public enum JobKind : byte
{
    /// <summary>A batch script: can be requeued.</summary>
    Batch,

    /// <summary>One task of an array: a job of its own for all purposes.</summary>
    ArrayTask,

    /// <summary>A component of a heterogeneous job: moved with all the others by its leader, or not at all.</summary>
    Heterogeneous,

    /// <summary>Somebody sits before it, or it has no script: nothing but advice can be given.</summary>
    Interactive,
}
