namespace Forewarn.Controller.Guards;

/// <summary>How far the controller may go by itself in a partition.</summary>
public enum ActionMode : byte
{
    /// <summary>It says what it would do. The default on first install.</summary>
    Observe,

    /// <summary>It does what a person has approved.</summary>
    Approve,

    /// <summary>It does what it decided.</summary>
    Auto,
}
