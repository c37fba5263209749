using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the controller hears of this node.</summary>
internal static class ControllerCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "controller", patient => patient.Agent.Node is { } node
        ? Judge(node.Controller, ReportOptions.From(patient.Configuration.Values).Url is not null, patient.Now)
        : []);

    public static IEnumerable<Finding> Judge(ControllerReport? controller, bool isConfigured, DateTimeOffset now)
    {
        if (controller is null)
        {
            if (isConfigured)
                yield return Finding.Warning("[Reports] Url is set, and the agent reports to nobody", "it was started with another configuration: systemctl restart forewarn");
        }
        else if (controller.Trouble is { } trouble)
        {
            var since = controller.TroubleSince is { } begin ? $" for {Quantity.Duration(now - begin)}" : "";
            yield return Finding.Problem(
                string.Create(CultureInfo.InvariantCulture, $"{controller.Target} has heard nothing of this node{since}: {trouble}; {controller.EventsWaiting} events wait"),
                "docs/reports.md says what each answer means; journalctl -u forewarn has what to do");
        }
        else
        {
            yield return controller.LastSuccess is { } last
                ? Finding.Ok($"{controller.Target} took a report {Quantity.Duration(now - last)} ago")
                : Finding.Note($"{controller.Target} has taken no report yet", "wait ten seconds, then forewarn doctor again");
        }
    }
}
