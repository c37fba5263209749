using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>What is bound and not read is decided, and the decision says why (docs/decisions/013): against what the compiled program calls.</summary>
public class UnreadFunctionTests
{
    [Fact]
    public void Every_function_that_is_bound_and_never_called_is_named_with_its_reason_and_no_other_is() =>
        Assert.Equal(Unread(Called()).Order(StringComparer.Ordinal), UnreadThings.Functions().Order(StringComparer.Ordinal));

    [Fact]
    public void A_form_that_is_not_called_does_not_hide_behind_another_of_its_name()
    {
        var called = Called();
        called.Remove(typeof(NvmlLibrary).GetMethod(nameof(NvmlLibrary.DeviceGetFanSpeed), [typeof(NvmlDevice), typeof(uint).MakeByRefType()])!);
        Assert.Contains("nvmlDeviceGetFanSpeed(NvmlDevice, UInt32)", Unread(called));
    }

    /// <summary>By its name; with its parameters where it has other forms and one of those is called.</summary>
    private static IEnumerable<string> Unread(HashSet<MethodBase> called) =>
        typeof(NvmlLibrary).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(NvmlReturn)).GroupBy(method => method.Name, StringComparer.Ordinal)
            .SelectMany(forms => forms.Any(called.Contains) ? forms.Where(form => !called.Contains(form)).Select(Describe) : ["nvml" + forms.Key]);

    private static string Describe(MethodInfo method) =>
        $"nvml{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name.TrimEnd('&')))})";

    private static HashSet<MethodBase> Called()
    {
        using var program = new PEReader(File.OpenRead(typeof(NvmlSource).Assembly.Location));
        var metadata = program.GetMetadataReader();
        var called = new HashSet<MethodBase>();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference || member.GetKind() != MemberReferenceKind.Method) continue;
            var owner = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (metadata.GetString(owner.Name) == nameof(NvmlLibrary)) called.Add(typeof(NvmlSource).Module.ResolveMethod(MetadataTokens.GetToken(handle))!);
        }

        Assert.Contains(typeof(NvmlLibrary).GetMethod(nameof(NvmlLibrary.DeviceGetPowerUsage))!, called);
        return called;
    }
}
