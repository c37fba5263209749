using System.Runtime.InteropServices;

namespace Forewarn.Predict.Peers;

/// <summary>
/// Two-sided cumulative sum (Page 1954): adds up by how much a standardised residual exceeds an allowance, so that a small lasting step shows
/// soon and noise does not.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct Cusum
{
    /// <summary>Half of the step that is looked for, which is one standard deviation.</summary>
    public const float Allowance = 0.5f;

    /// <summary>
    /// The sum that is an alarm. With an allowance of ½ a sum of healthy residuals gets here once in e^b − b − 1 steps, both sides together, where
    /// b = 15 + 1.166 (Siegmund 1985): 1.0·10⁷ steps.
    /// </summary>
    public const float Limit = 15;

    // Bounded, so that a card that was ill for a week is well within minutes of its repair.
    private const float Most = 2 * Limit;

    public float Up;
    public float Down;

    /// <summary>Takes the next residual, in standard deviations.</summary>
    public void Step(double residual)
    {
        Up = (float)Math.Clamp(Up + residual - Allowance, 0, Most);
        Down = (float)Math.Clamp(Down - residual - Allowance, 0, Most);
    }
}
