using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>What is bound and not read is decided, and the decision says why (docs/decisions/013): against what the compiled program calls.</summary>
public class UnreadFunctionTests
{
    [Fact]
    public void Every_function_that_is_bound_and_never_called_is_named_with_its_reason_and_no_other_is()
    {
        var bound = typeof(NvmlLibrary).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(NvmlReturn)).Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        var unread = bound.Except(Called()).Select(name => "nvml" + name).Order(StringComparer.Ordinal);
        Assert.Equal(unread, Named().Order(StringComparer.Ordinal));
    }

    private static HashSet<string> Called()
    {
        using var program = new PEReader(File.OpenRead(typeof(NvmlSource).Assembly.Location));
        var metadata = program.GetMetadataReader();
        var called = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            var owner = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (metadata.GetString(owner.Name) == nameof(NvmlLibrary)) called.Add(metadata.GetString(member.Name));
        }

        Assert.Contains(nameof(NvmlLibrary.DeviceGetPowerUsage), called);
        return called;
    }

    /// <summary>The first cells of the table of functions.</summary>
    private static IEnumerable<string> Named() => File.ReadLines(Path.Combine(Repository.Root, "docs/decisions/013-what-nvml-tells-and-nobody-reads.md"))
        .Where(line => line.StartsWith("| `nvml", StringComparison.Ordinal))
        .SelectMany(line => line.Split('|')[1].Split('`')).Where(word => word.StartsWith("nvml", StringComparison.Ordinal));
}
