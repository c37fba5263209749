using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>The layouts as gcc made them, field by field, from the manifest that the simulated library prints.</summary>
public sealed class SimulatedLayoutTests
{
    // C names that do not follow from ours.
    private static readonly Dictionary<Type, string> TypeNames = new()
    {
        [typeof(NvmlMemoryV2)] = "nvmlMemory_v2_t",
        [typeof(NvmlEccSramErrorStatus)] = "nvmlEccSramErrorStatus_v1_t",
        [typeof(NvmlGpuFabricInfoV2)] = "nvmlGpuFabricInfo_v2_t",
    };

    private static readonly Dictionary<string, string> MemberNames = new()
    {
        ["nvmlFieldValue_t.result"] = "nvmlFieldValue_t.nvmlReturn",
        ["nvmlEccSramErrorStatus_v1_t.thresholdExceeded"] = "nvmlEccSramErrorStatus_v1_t.bThresholdExceeded",
    };

    // Younger than the youngest simulated driver, 550: they came with 565 and 580.
    private static readonly Type[] Younger = [typeof(NvmlTemperature), typeof(NvmlGpuFabricInfoV3)];

    public static TheoryData<Type> Structs => [.. NvmlLayoutTests.Structs.Select(row => (Type)row[0]).Except(Younger)];

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint LayoutText();

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_lies_as_gcc_lays_it_out(Type type)
    {
        string name = TypeNames.GetValueOrDefault(type, $"n{type.Name[1..]}_t");
        IEnumerable<string> manifest = Manifest().Split('\n').Where(line => line.Split(' ', '.')[0] == name);

        Assert.Equal(manifest.Order(), Rows(type, name).Order());
    }

    private static IEnumerable<string> Rows(Type type, string name)
    {
        yield return $"{name} {SizeOf(type)}";
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            string member = $"{name}.{char.ToLowerInvariant(field.Name[0])}{field.Name[1..]}";
            yield return $"{MemberNames.GetValueOrDefault(member, member)} {Marshal.OffsetOf(type, field.Name)} {SizeOf(field.FieldType)}";
        }
    }

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static string Manifest()
    {
        string path = SimulatedNode.Installed("drivers/r550/libnvidia-ml.so.1");
        Assert.True(NativeLibraryHandle.TryOpen(path, out NativeLibraryHandle? library, out string? error), error);
        using (library)
        {
            nint layout = library.Required("forewarn_sim_layout");
            Assert.NotEqual(0, layout);
            return Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<LayoutText>(layout)())!;
        }
    }
}
