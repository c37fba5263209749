using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Delivery;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.Daemon.Topology;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor.Site;

/// <summary>How what the controller is put together of is made to read a scheduler: its reader, and the reader of its wiring.</summary>
internal delegate (IScheduler Scheduler, Func<CancellationToken, Task<(TopologyReading? Reading, string Trouble)>> Wiring) SchedulerMaker(ICommandRunner commands, RecoveryOptions options);

/// <summary>Gathers what the checks of a controller look at: the controller itself, then Slurm and the files as its user has them.</summary>
/// <param name="commands">Runs programs as who asks; gets the folder of Slurm's programs where there is one.</param>
/// <param name="maker">Makes the reader of the scheduler.</param>
/// <param name="version">This program's.</param>
/// <param name="time">The clock.</param>
/// <param name="usualUser">As whom a controller would run that does not.</param>
internal sealed class SiteAdmission(ICommandRunner commands, SchedulerMaker maker, string version, TimeProvider time, string usualUser = SiteAdmission.UnitsUser)
{
    // By the package.
    private const string UnitsUser = "forewarn-controller";

    // What the service's manager may have given it, that Slurm's programs go by.
    private static readonly string[] PassedOn = ["PATH", "SLURM_CONF"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FileDeadline = TimeSpan.FromSeconds(5);

    public async Task<SiteFacts> ReceiveAsync(SettingValues values, CancellationToken cancellation)
    {
        var (fleet, recovery, slurm) = (FleetOptions.From(values), RecoveryOptions.From(values), SlurmOptions.From(values));
        var controller = await ControllerAsync(fleet.Socket, cancellation);
        var own = SystemAccounts.OwnUid();
        var user = controller.Process is { } process ? UserAccount.Find(process.Uid.ToString(CultureInfo.InvariantCulture)) : UserAccount.Find(usualUser);
        var isOther = user is not null && user.User != own;
        var acting = new CommandsAsUser(commands, isOther && own == 0 ? user : null, Variables(controller.Process, slurm.Programs));
        var name = isOther && own == 0 ? user!.Name : SystemAccounts.UserName(own);
        return new()
        {
            Fleet = fleet,
            Recovery = recovery,
            Topology = TopologyOptions.From(values),
            Controller = controller,
            As = new(name, user is not null && (!isOther || own == 0), user is null ? usualUser : ""),
            Slurm = recovery.Scheduler == SchedulerKind.Slurm ? await SlurmAsync(acting, recovery, name, cancellation) : null,
            Files = await Task.WhenAll(Named(fleet, recovery).Select(file => FileAsync(acting, file.Setting, file.Path, file.Kind, cancellation))),
            Folders = await Task.WhenAll(recovery.Bounds.Folders.Select(folder => FolderAsync(folder, controller.Process, own, cancellation))),
            Version = version,
            Now = time.GetUtcNow(),
        };
    }

    private Task<SlurmSeen> SlurmAsync(ICommandRunner acting, RecoveryOptions recovery, string name, CancellationToken cancellation)
    {
        var (scheduler, wiring) = maker(acting, recovery);
        return new SlurmInquiry(acting, scheduler, wiring, time).AskAsync(name, cancellation);
    }

    private static async Task<ControllerSeen> ControllerAsync(string socket, CancellationToken cancellation)
    {
        var (_, process) = SocketServer.Of(socket);
        try
        {
            using var client = new AgentClient(socket, Patience, ServerName.Controller);
            return new(socket, AgentClient.Read(await client.GetAsync("/v1/status", cancellation), RecoveryApiJson.Default.StatusAnswer), null, process);
        }
        catch (CommandFailedException unheard)
        {
            return new(socket, null, unheard.Message.Split('\n')[0], process); // what to do stands behind it, and we say that ourselves
        }
    }

    // What the running service has counts; [Slurm] Programs= before its PATH.
    private static List<string> Variables(ProcessFacts? process, string programs)
    {
        var variables = new List<string>();
        try
        {
            if (process is not null)
            {
                variables.AddRange(File.ReadAllText($"/proc/{process.Pid}/environ").Split('\0')
                    .Where(static variable => PassedOn.Any(name => variable.StartsWith(name + "=", StringComparison.Ordinal))));
            }
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException)
        {
            // Another user's: then ours holds.
        }

        if (programs.Length > 0) variables.Add($"PATH={programs}");
        return variables;
    }

    private static IEnumerable<(string Setting, string Path, SiteFileKind Kind)> Named(FleetOptions fleet, RecoveryOptions recovery)
    {
        (string Setting, string Path, SiteFileKind Kind)[] all =
        [
            ("[Fleet] SiteKeyFile", fleet.SiteKeyFile, SiteFileKind.Secret),
            ("[Fleet] OperatorTokenFile", fleet.OperatorTokenFile, SiteFileKind.Secret),
            ("[Fleet] CertFile", fleet.CertFile, SiteFileKind.Certificate),
            ("[Fleet] KeyFile", fleet.KeyFile, SiteFileKind.Secret),
            ("[Fleet] ClientCaFile", fleet.ClientCaFile, SiteFileKind.Certificate),
            ("[Recovery] RepairCommand", recovery.Coordination.Repair.Command, SiteFileKind.Program),
            ("[Recovery] ValidationCommand", recovery.Coordination.Repair.Validation, SiteFileKind.Script),
        ];
        return all.Where(static file => file.Path.Length > 0);
    }

    private static async Task<SiteFile> FileAsync(CommandsAsUser acting, string setting, string path, SiteFileKind kind, CancellationToken cancellation)
    {
        var tried = await acting.RunAsync("test", [kind == SiteFileKind.Program ? "-x" : "-r", path], FileDeadline, cancellation);
        var file = new SiteFile(setting, path, kind) { IsThere = File.Exists(path), IsUsable = tried.IsGood };
        try
        {
            file = file with { IsOpen = file.IsThere && File.GetUnixFileMode(path).HasFlag(UnixFileMode.OtherRead) };
            return kind switch
            {
                SiteFileKind.Script => file with { Trouble = Begins(path, "#!") ? "" : "it does not begin with #!, and sbatch takes no other" },
                SiteFileKind.Certificate when OpenSsl.IsInstalled => file with { Until = Until(path) },
                _ => file,
            };
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return file; // it is told of already
        }
        catch (CryptographicException wrong)
        {
            return file with { Trouble = $"it holds no certificate that is understood: {wrong.Message}" };
        }
    }

    private static bool Begins(string path, string mark)
    {
        using var reader = new StreamReader(path);
        var first = new char[mark.Length];
        return reader.ReadBlock(first) == mark.Length && new string(first) == mark;
    }

    // Of several, until the first of them ends.
    private static DateTimeOffset? Until(string path)
    {
        var all = new X509Certificate2Collection();
        all.ImportFromPemFile(path);
        return all.Count == 0 ? throw new CryptographicException("there is none in it") : all.Min(static one => new DateTimeOffset(one.NotAfter));
    }

    // Root alone sees a file system as another process does. A file server that hangs holds the program that looks, and not the doctor.
    private async Task<SiteFolder> FolderAsync(string path, ProcessFacts? process, uint own, CancellationToken cancellation)
        => new(path, await IsFolderAsync(path, cancellation), process is not null && own == 0 ? await IsFolderAsync($"/proc/{process.Pid}/root{path}", cancellation) : null);

    private async Task<bool> IsFolderAsync(string path, CancellationToken cancellation)
        => (await commands.RunAsync("test", ["-d", path], FileDeadline, cancellation)).IsGood;
}
