using Forewarn.Daemon.Roles;
using Forewarn.Interop.Linux;

NativeHeap.KeepSmall();

return ProbeRole.Run(args);
