using System.Buffers.Binary;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Forewarn.Daemon.Tests.Architecture;

/// <summary>A type of an assembly, with all types that it names in its bases, fields, signatures and method bodies.</summary>
internal sealed record TypeReferences(string Name, IReadOnlySet<string> Interfaces, IReadOnlySet<string> Named)
{
    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    /// <summary>Every type of the assembly; a nested one (a closure, a state machine) counts as its outermost type.</summary>
    public static IReadOnlyList<TypeReferences> Read(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeDefinitions
            .Select(handle => One(file, metadata, metadata.GetTypeDefinition(handle), handle))
            .GroupBy(type => type.Name)
            .Select(group => new TypeReferences(
                group.Key,
                group.SelectMany(type => type.Interfaces).ToHashSet(),
                group.SelectMany(type => type.Named).Where(name => name != group.Key).ToHashSet()))];
    }

    private static TypeReferences One(PEReader file, MetadataReader metadata, TypeDefinition type, TypeDefinitionHandle handle)
    {
        var named = new TypeCollector(metadata);
        var interfaces = new TypeCollector(metadata);
        named.Add(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations())
        {
            interfaces.Add(metadata.GetInterfaceImplementation(implemented).Interface);
        }

        foreach (var field in type.GetFields())
        {
            named.Add(field);
        }

        foreach (var method in type.GetMethods())
        {
            named.Add(method);
            if (metadata.GetMethodDefinition(method).RelativeVirtualAddress is var address and not 0)
            {
                Body(file.GetMethodBody(address), named);
            }
        }

        return new(named.NameOf(handle), interfaces.Names, named.Names.Union(interfaces.Names).ToHashSet());
    }

    private static void Body(MethodBodyBlock body, TypeCollector named)
    {
        named.Add(body.LocalSignature);
        foreach (var region in body.ExceptionRegions)
        {
            named.Add(region.CatchType);
        }

        var code = body.GetILBytes().AsSpan();
        while (!code.IsEmpty)
        {
            var wide = code[0] == 0xFE; // the first byte of every two-byte opcode (ECMA-335, III.1.2.1)
            var operand = Operands[wide ? (0xFE << 8) | code[1] : code[0]];
            code = code[(wide ? 2 : 1)..];
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
            {
                named.Add(MetadataTokens.EntityHandle(BinaryPrimitives.ReadInt32LittleEndian(code)));
            }

            var length = operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(code)),
                _ => 4,
            };
            code = code[length..];
        }
    }
}
