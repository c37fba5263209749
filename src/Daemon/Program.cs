using Forewarn.Daemon.Roles;
using Forewarn.Interop.Linux;

NativeHeap.KeepSmall();

// A probe is started often and must stay small: it goes its own way before anything else is loaded.
return args switch
{
    ["probe", ..] => ProbeRole.Run(args),
    _ when ProgramParts.ProbeOnly => ProbeRole.Run(args), // says that it is no command
    ["examine", ..] => ExaminationRole.Run(args),
    ["examine-checkpoint", ..] => CheckpointRole.Run(args),
    _ => await CommandRole.RunAsync(args),
};
