using System.Reflection;
using System.Reflection.Emit;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>What a wrapper may ask of its caller; the spans that wrappers take are made from the arrays.</summary>
public sealed record WrapperArguments(NvmlDevice Device, NvmlEventSet EventSet)
{
    // The longest text of nvml.h, and enough of anything else. One array of each kind, so that a second call allocates nothing.
    private const int TextLength = 96;
    private const int Entries = 64;

    private readonly Dictionary<Type, Array> _arrays = [];

    public T[] Array<T>()
    {
        if (!_arrays.TryGetValue(typeof(T), out Array? array))
            _arrays[typeof(T)] = array = new T[typeof(T) == typeof(byte) ? TextLength : Entries];
        return (T[])array;
    }
}

/// <summary>
/// Every public method of NvmlLibrary that answers with a code, found by reflection so that none is forgotten. Spans cannot pass
/// through MethodInfo.Invoke, so each gets a few lines of IL that load its arguments and call it.
/// </summary>
public sealed record Wrapper(string Method, string Name, Func<NvmlLibrary, WrapperArguments, NvmlReturn> Call)
{
    private static readonly Type[] Signature = [typeof(NvmlLibrary), typeof(WrapperArguments)];

    public static IReadOnlyList<Wrapper> All { get; } =
    [
        .. typeof(NvmlLibrary).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == typeof(NvmlReturn))
            .Select(method => new Wrapper(method.Name, Describe(method), Compile(method))),
    ];

    public override string ToString() => Name;

    private static string Describe(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})";

    private static Func<NvmlLibrary, WrapperArguments, NvmlReturn> Compile(MethodInfo method)
    {
        var body = new DynamicMethod(method.Name, typeof(NvmlReturn), Signature, typeof(Wrapper).Module);
        ILGenerator il = body.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        foreach (ParameterInfo parameter in method.GetParameters()) Load(il, parameter.ParameterType);
        il.Emit(OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
        return body.CreateDelegate<Func<NvmlLibrary, WrapperArguments, NvmlReturn>>();
    }

    private static void Load(ILGenerator il, Type type)
    {
        if (type.IsByRef) il.Emit(OpCodes.Ldloca, il.DeclareLocal(type.GetElementType()!));
        else if (type == typeof(NvmlDevice)) LoadProperty(il, nameof(WrapperArguments.Device));
        else if (type == typeof(NvmlEventSet)) LoadProperty(il, nameof(WrapperArguments.EventSet));
        else if (type.IsByRefLike) LoadSpan(il, type);
        else il.Emit(OpCodes.Ldloc, il.DeclareLocal(type));
    }

    private static void LoadSpan(ILGenerator il, Type span)
    {
        Type element = span.GetGenericArguments()[0];
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Callvirt, typeof(WrapperArguments).GetMethod(nameof(WrapperArguments.Array))!.MakeGenericMethod(element));
        il.Emit(OpCodes.Newobj, span.GetConstructor([element.MakeArrayType()])!);
    }

    private static void LoadProperty(ILGenerator il, string name)
    {
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Callvirt, typeof(WrapperArguments).GetProperty(name)!.GetMethod!);
    }
}
