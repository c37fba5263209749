using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Roles;

// A probe is started often and must stay small: it goes its own way before anything else is loaded.
if (args is ["probe", ..]) return ProbeRole.Run(args);
using var stop = new CancellationTokenSource();
using var t = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, c => { c.Cancel = true; stop.Cancel(); });
using var i = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, c => { c.Cancel = true; stop.Cancel(); });
var sets = args.Skip(1).TakeWhile(_ => true).Where(a => a.Contains('=', StringComparison.Ordinal)).Select(a => new ConfigurationOverride("--set", a)).ToList();
return await AgentRole.RunAsync(new AgentRequest { Paths = ConfigurationPaths.Installed, Overrides = sets, Simulate = args.FirstOrDefault(a => a.StartsWith("sim:", StringComparison.Ordinal))?[4..] }, stop.Token);
