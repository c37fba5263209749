using System.Runtime.CompilerServices;

namespace Forewarn.Predict.Peers;

/// <summary>Residuals of the last ten minutes in which a card could be compared, the newest first; half precision is right to 0.05 %.</summary>
[InlineArray(Length)]
internal struct Minutes
{
    /// <summary>How many are kept.</summary>
    public const int Length = 10;

    private Half _first;

    /// <summary>Takes the newest in, drops the oldest.</summary>
    public void Push(double residual)
    {
        for (var i = Length - 1; i > 0; i--) this[i] = this[i - 1];
        this[0] = (Half)Math.Clamp(residual, -60000, 60000); // the range of a half ends at 65,504
    }
}
