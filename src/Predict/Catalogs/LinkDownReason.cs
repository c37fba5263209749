namespace Forewarn.Predict.Catalogs;

/// <summary>Why an NVLink 5 link went down, and where to look.</summary>
/// <param name="Code">Bits 25 to 20 of the first register.</param>
/// <param name="LookAt">Where to look.</param>
/// <param name="NeedsReset">False where NVIDIA's catalogue asks for nothing.</param>
internal sealed record LinkDownReason(int Code, string LookAt, bool NeedsReset);
