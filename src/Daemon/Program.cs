using Forewarn.Daemon.Roles;

// A probe is started often and must stay small: it goes its own way before anything else is loaded.
return args is ["probe", ..] ? ProbeRole.Run(args) : await CommandRole.RunAsync(args);
