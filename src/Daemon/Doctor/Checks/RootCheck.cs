namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Says where /sys, /proc and /dev are read, where that is not the machine itself.</summary>
internal static class RootCheck
{
    public static readonly DoctorCheck Check = new(Themes.Machine, "root", patient => Judge(patient.Root, patient.IsSimulated));

    public static IEnumerable<Finding> Judge(string root, bool isSimulated)
    {
        if (isSimulated)
            yield return Finding.Note($"cards, driver and kernel files are SIMULATED, under {root}", "start the agent without --simulate for the real ones");
        else if (root != "/")
            yield return Finding.Note($"/sys, /proc and /dev are read under {root}", "[Agent] Root=/ looks at this machine");
        else
            yield return Finding.Ok("the real /sys, /proc and /dev of this machine");
        if (!Path.Exists(root)) yield return Finding.Problem($"{root} is not there, or hidden from you", "[Agent] Root=; sudo forewarn doctor");
    }
}
