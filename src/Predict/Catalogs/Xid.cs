namespace Forewarn.Predict.Catalogs;

/// <summary>The codes of the NVIDIA driver that rules call by name.</summary>
internal static class Xid
{
    public const int GraphicsException = 13;
    public const int PageFault = 31;
    public const int ChannelReset = 43;
    public const int ChannelRemoved = 45;
    public const int UncorrectableMemory = 48;
    public const int PmuHalt = 62;
    public const int RowRemapped = 63;
    public const int RowRemapFailed = 64;
    public const int LinkError = 74;
    public const int OffTheBus = 79;
    public const int CorrectedStorm = 92;
    public const int Contained = 94;
    public const int Uncontained = 95;
    public const int ContextSwitchTimeout = 109;
    public const int GspTimeout = 119;
    public const int GspError = 120;
    public const int ChipLinkCorrected = 121;
    public const int RemoteAccess = 137;
    public const int EccEscaped = 140;
    public const int FirstLink5 = 144;
    public const int LastLink5 = 150;
    public const int RecoveryAction = 154;
    public const int FatalTimeout = 158;
    public const int PowerSmoothingBack = 162;
    public const int PowerSmoothingOff = 163;
    public const int DramDetail = 171;
    public const int SramDetail = 172;

    /// <summary>True for codes that a rule of their own judges, since more than the code decides.</summary>
    public static bool HasOwnRule(long code) => code is UncorrectableMemory or RowRemapped or RowRemapFailed or LinkError or OffTheBus or CorrectedStorm
        or Contained or Uncontained or GspTimeout or GspError or ChipLinkCorrected or RemoteAccess or EccEscaped or RecoveryAction or DramDetail or SramDetail
        or (>= FirstLink5 and <= LastLink5);
}
