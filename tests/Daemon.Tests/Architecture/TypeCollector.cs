using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Forewarn.Daemon.Tests.Architecture;

/// <summary>Collects the names of all types that metadata handles lead to; the values that a decoder returns carry nothing.</summary>
internal sealed class TypeCollector(MetadataReader metadata) : ISignatureTypeProvider<bool, bool>
{
    public HashSet<string> Names { get; } = [];

    public void Add(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference:
                Names.Add(NameOf(handle));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, false);
                break;
            case HandleKind.StandaloneSignature when metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle) is var signature:
                _ = signature.GetKind() == StandaloneSignatureKind.LocalVariables ? signature.DecodeLocalSignature(this, false).Length : 0;
                break;
            case HandleKind.FieldDefinition when metadata.GetFieldDefinition((FieldDefinitionHandle)handle) is var field:
                field.DecodeSignature(this, false);
                Add(field.GetDeclaringType());
                break;
            case HandleKind.MethodDefinition when metadata.GetMethodDefinition((MethodDefinitionHandle)handle) is var method:
                method.DecodeSignature(this, false);
                Add(method.GetDeclaringType());
                break;
            case HandleKind.MemberReference when metadata.GetMemberReference((MemberReferenceHandle)handle) is var member:
                _ = member.GetKind() == MemberReferenceKind.Field ? member.DecodeFieldSignature(this, false) : member.DecodeMethodSignature(this, false).ReturnType;
                Add(member.Parent);
                break;
            case HandleKind.MethodSpecification when metadata.GetMethodSpecification((MethodSpecificationHandle)handle) is var generic:
                generic.DecodeSignature(this, false);
                Add(generic.Method);
                break;
        }
    }

    /// <summary>Namespace and name of the outermost type.</summary>
    public string NameOf(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeReference)
        {
            var reference = metadata.GetTypeReference((TypeReferenceHandle)handle);
            return reference.ResolutionScope.Kind == HandleKind.TypeReference ? NameOf(reference.ResolutionScope) : Join(reference.Namespace, reference.Name);
        }

        var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)handle);
        return definition.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) : Join(definition.Namespace, definition.Name);
    }

    public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Names.Add(NameOf(handle));

    public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Names.Add(NameOf(handle));

    public bool GetTypeFromSpecification(MetadataReader reader, bool genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
    {
        Add(handle);
        return false;
    }

    public bool GetArrayType(bool elementType, ArrayShape shape) => false;

    public bool GetByReferenceType(bool elementType) => false;

    public bool GetFunctionPointerType(MethodSignature<bool> signature) => false;

    public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => false;

    public bool GetGenericMethodParameter(bool genericContext, int index) => false;

    public bool GetGenericTypeParameter(bool genericContext, int index) => false;

    public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => false;

    public bool GetPinnedType(bool elementType) => false;

    public bool GetPointerType(bool elementType) => false;

    public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => false;

    public bool GetSZArrayType(bool elementType) => false;

    private string Join(StringHandle space, StringHandle name) => metadata.GetString(space) + "." + metadata.GetString(name);
}
