namespace Forewarn.Predict.Catalogs;

/// <summary>Errors that follow another one of the same device: the one is the cause, the others say nothing more.</summary>
public static class Sympathetic
{
    /// <summary>Where all pairs come from.</summary>
    public const string Source = "NVIDIA Xid catalogue (sympathetic errors; workflows 45 and 48; trigger conditions of 94 and 95); after a lost device the order in public logs";

    /// <summary>How far apart cause and consequence are logged at most. Own figure: a burst of one fault is logged within a second or two.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <summary>Whether the one may be the cause of the other.</summary>
    public static bool MayCause(long cause, long consequence) => consequence switch
    {
        Xid.DramDetail or Xid.SramDetail => cause is Xid.UncorrectableMemory,
        Xid.RowRemapped => cause is Xid.UncorrectableMemory or Xid.Uncontained,
        Xid.Contained => cause is Xid.UncorrectableMemory or Xid.Uncontained,
        Xid.GraphicsException or Xid.PageFault or Xid.ChannelReset =>
            cause is Xid.UncorrectableMemory or Xid.Contained or Xid.Uncontained or Xid.OffTheBus or Xid.EccEscaped,
        Xid.ChannelRemoved => cause is not (Xid.ChannelRemoved or Xid.RecoveryAction),
        Xid.GspTimeout or Xid.GspError or Xid.ContextSwitchTimeout or Xid.PmuHalt or Xid.FatalTimeout => cause is Xid.OffTheBus,
        Xid.RemoteAccess => IsLinkError(cause),
        _ => false,
    };

    /// <summary>Errors of a link, which the devices at its other end see as well.</summary>
    public static bool IsLinkError(long code) => code is Xid.LinkError or (>= Xid.FirstLink5 and <= Xid.LastLink5);
}
