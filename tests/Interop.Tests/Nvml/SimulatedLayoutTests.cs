using System.Reflection;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Tests.Nvml;
/// <summary>The layouts as gcc made them, field by field, from the manifest that the simulated library prints.</summary>
public sealed class SimulatedLayoutTests
{
    // C names that do not follow from ours.
    private static readonly Dictionary<string, string> MemberNames = new()
    {
        ["nvmlFieldValue_t.result"] = "nvmlReturn",
        ["nvmlGpmMetric_t.result"] = "nvmlReturn",
        ["nvmlC2cModeInfo_v1_t.isC2CEnabled"] = "isC2cEnabled",
        ["nvmlGpuInstanceProfileInfo_v2_t.isP2PSupported"] = "isP2pSupported",
        ["nvmlPRMCounter_v1_t.localPort"] = "inData",
        ["nvmlSystemEventSetWaitRequest_v1_t.timeoutMs"] = "timeoutms",
    };

    private static readonly Lazy<ILookup<string, string>> Manifest = new(ReadManifest);

    public static TheoryData<Type> Simulated =>
        [.. NvmlLayoutTests.Structs.Select(row => (Type)row[0])];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint LayoutText();

    [Theory]
    [MemberData(nameof(Simulated))]
    public void A_struct_lies_as_gcc_lays_it_out(Type type)
    {
        string name = CName(type);
        Assert.True(Manifest.Value.Contains(name), $"the manifest does not have {type.Name}");
        Assert.Equal(Manifest.Value[name].Order(), Rows(type, name).Order());
    }

    private static IEnumerable<string> Rows(Type type, string name)
    {
        yield return $"{name} {NvmlLayoutTests.SizeOf(type)}";
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            yield return
                $"{name}.{Member(name, field.Name)} {Marshal.OffsetOf(type, field.Name)} {NvmlLayoutTests.SizeOf(field.FieldType)}";
    }

    // V2 of ours is _v2 of theirs; where only one version exists, ours has no number.
    private static string CName(Type type)
    {
        if (type.Name == "NvmlGpmMetricInfo") return "nvmlGpmMetricMetricInfo_t"; // nested in nvmlGpmMetric_t and without a name there
        string name = "n" + type.Name.Replace("C2C", "C2c", StringComparison.Ordinal)[1..];
        if (name[^2..] is "V1" or "V2" or "V3") return $"{name[..^2]}_v{name[^1]}_t";
        return Manifest.Value.Contains($"{name}_t") ? $"{name}_t" : $"{name}_v1_t";
    }

    // Theirs begin with a small letter, flags with a b before that.
    private static string Member(string type, string field)
    {
        string member = char.ToLowerInvariant(field[0]) + field[1..];
        if (MemberNames.TryGetValue($"{type}.{member}", out string? other)) return other;
        return Manifest.Value[type].Any(row => row.StartsWith($"{type}.b{field} ", StringComparison.Ordinal)) ? "b" + field : member;
    }

    private static ILookup<string, string> ReadManifest()
    {
        string path = SimulatedNode.Installed("drivers/r610/libnvidia-ml.so.1");
        Assert.True(NativeLibraryHandle.TryOpen(path, out NativeLibraryHandle? library, out string? error), error);
        using (library)
        {
            nint layout = library.Required("forewarn_sim_layout");
            Assert.NotEqual(0, layout);
            string text = Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<LayoutText>(layout)())!;
            return text.Split('\n').ToLookup(line => line.Split(' ', '.')[0]);
        }
    }
}
