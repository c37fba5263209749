using System.Globalization;

namespace Forewarn.Predict.Rules;

/// <summary>A number with its noun: <c>1 error</c>, <c>12 errors</c>; <c>once</c>, <c>3 times</c>.</summary>
internal static class Counted
{
    public static string Of(double number, string one) => string.Create(CultureInfo.InvariantCulture, $"{number:0} {one}{(number == 1 ? "" : "s")}");

    public static string Times(double number) => number == 1 ? "once" : Of(number, "time");
}
