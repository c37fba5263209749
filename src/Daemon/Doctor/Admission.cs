using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Sources;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Doctor;

/// <summary>Gathers what the checks look at: asks the agent first, since it knows what must not be touched, then the libraries.</summary>
internal sealed class Admission(
    SettingCatalog settings, IReadOnlyList<SourceEntry> sources, string program, string version, TimeProvider time)
{
    // An agent that is well answers in milliseconds; one that is not shall not hold up the rest.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<Patient> ReceiveAsync(ConfigurationResult configuration, CancellationToken cancellation)
    {
        var agent = await AskAsync(configuration.Values.Get(SettingCatalog.Socket), cancellation);
        var root = agent.Node?.Root ?? configuration.Values.Get(SettingCatalog.Root);
        // The simulated node leaves its profile in its root; a real one has no such file.
        var isSimulated = agent.Node?.Simulated ?? (root != "/" && File.Exists(Path.Join(root, "profile.conf")));
        var bus = PciDevices.List(root);
        _ = ProcDevices.TryRead(root, out var drivers);
        var processes = NamedProcess.All().ToArray();
        var evidence = new List<SourceEvidence>();
        using var examinations = new SourceExaminer(
            program, root, isSimulated, () => Directory.CreateTempSubdirectory("forewarn-doctor-"), time);
        foreach (var entry in sources)
        {
            var name = entry.Declaration.Name;
            var options = settings.Sources.Single(source => source.Name == name).Bind(configuration.Values);
            var account = Account(agent, name);
            evidence.Add(new()
            {
                Entry = entry,
                Options = options,
                Root = root,
                IsSimulated = isSimulated,
                Bus = bus,
                OnBus = [.. bus.Where(entry.Owns)],
                IsDriverListed = entry.DriverNames.Any(driver => drivers?.CharacterMajor(driver) is not null),
                Facts = options.Enabled
                    ? await examinations.RunAsync(entry, options, agent, account, cancellation) : new SourceFacts([], [], "switched off"),
                Agent = account,
                AgentProcess = agent.Process,
                Processes = processes,
            });
        }

        return new()
        {
            Configuration = configuration,
            Agent = agent,
            Root = root,
            IsSimulated = isSimulated,
            Version = version,
            OwnUid = SystemAccounts.OwnUid(),
            Sources = evidence,
            Now = time.GetUtcNow(),
            Monotonic = TimeSpan.FromSeconds((double)time.GetTimestamp() / time.TimestampFrequency),
        };
    }

    private static async Task<AgentSeen> AskAsync(string socket, CancellationToken cancellation)
    {
        var (isServed, process) = SocketServer.Of(socket);
        try
        {
            using var client = new AgentClient(socket, Patience);
            var node = AgentClient.Read(await client.GetAsync("/v1/node", cancellation), ApiJson.Default.NodeReport);
            var devices = AgentClient.Read(await client.GetAsync("/v1/devices?signals=none", cancellation), ApiJson.Default.DeviceList);
            return new() { Socket = socket, Node = node, Devices = devices.Devices, Process = process };
        }
        catch (CommandFailedException unheard)
        {
            return new() { Socket = socket, Trouble = unheard.Message, IsSilent = isServed, Process = process };
        }
    }

    private static SourceAccount? Account(AgentSeen agent, string name)
    {
        if (agent.Node?.Sources.FirstOrDefault(source => source.Name == name) is not { } source) return null;
        var unmeasured = agent.Devices
            // A part shares its card's trouble, and its place: the card says it once for all.
            .Where(device => device.Source == name && device is { Parent: null, Presence: not (DevicePresence.Measured or DevicePresence.Excluded) })
            .Select(device => new DeviceAccount(
                device.PciAddress, $"{device.Presence}", device.Detail, device.Presence == DevicePresence.Stalled));
        return new(source.State, source.Detail, source.Expected, source.Found, source.AbandonedProcesses, [.. unmeasured]) { OtherBuild = source.OtherBuild };
    }
}
