#pragma warning disable CS0169, CA1812, CA1822, CA1823, CA1852, IDE0051, IDE0052, MA0182, IDE0130 // A world that breaks every rule once; nobody runs it.
namespace Forewarn.Daemon.Tests.Architecture.Sample.Sources
{
    internal interface IDeviceSource;

    internal sealed class GoodSource : IDeviceSource;

    internal sealed class FieldOfAnExporter
    {
        private readonly List<Exporters.Page[]>? _pages;
    }

    internal sealed class CallInAClosure
    {
        public static Func<int> Later(int value) => () => Api.Door.Open() + value;
    }
}

namespace Forewarn.Daemon.Tests.Architecture.Sample.Exporters
{
    internal sealed class Page;

    internal sealed class CallsInterop
    {
        public static async Task<int> Count()
        {
            await Task.Yield();
            return Interop.Library.Call<int>();
        }
    }
}

namespace Forewarn.Daemon.Tests.Architecture.Sample.Api
{
    internal static class Door
    {
        public static int Open() => 1;
    }

    internal static class NamesASource
    {
        public static Type Which => typeof(Sources.GoodSource);
    }
}

namespace Forewarn.Daemon.Tests.Architecture.Sample.Interop
{
    internal static class Library
    {
        public static T? Call<T>() => default;
    }
}

namespace Forewarn.Daemon.Tests.Architecture.Sample.Roles
{
    internal static class Agent
    {
        public static object Compose() => new Sources.GoodSource();
    }
}

namespace Forewarn.Daemon.Tests.Architecture.Sample.Sources.Lists
{
    internal static class SourceRegistry
    {
        public static object[] All => [new GoodSource()];
    }
}
