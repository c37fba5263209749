namespace Forewarn.Predict.Catalogs;

/// <summary>What becomes of new work on the device. Own column, from the maker's bucket: NVIDIA's catalogue does not speak of schedulers.</summary>
public enum Drain : byte
{
    /// <summary>It gets work as before.</summary>
    Keep,

    /// <summary>What runs ends, then it is reset; no new work until then.</summary>
    Soft,

    /// <summary>No new work from now on; what runs is lost or at risk.</summary>
    Now,

    /// <summary>The text decides.</summary>
    Decode,
}
