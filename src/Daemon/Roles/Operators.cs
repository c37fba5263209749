using System.Globalization;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Roles;

/// <summary>What an operator does with what was judged; who it was stands in the event that comes of it.</summary>
internal sealed class Operators(NodeView view, Assessor assessor, MaintenanceFile file, TimeProvider time)
{
    public async Task<OperationResult> ClearAsync(ClearRequest request, string who)
    {
        var id = new DeviceId(request.Device);
        if (await assessor.DoAsync(judgement => judgement.Clear(id, request.Rule, request.Key, $"by {who}: {request.Reason}")))
            return new OperationResult(true, $"cleared: {request.Rule} of {Named(id)}");
        return new OperationResult(false, $"{request.Rule}{(request.Key is { } key ? $" {key}" : "")} says nothing of {Named(id)}; {Standing(id)}");
    }

    public async Task<OperationResult> MaintainAsync(MaintenanceRequest request, string who)
    {
        var now = time.GetUtcNow();
        if (request.Until <= now) return new OperationResult(false, string.Create(CultureInfo.InvariantCulture, $"{request.Until:u} is past"));
        var maintenance = request.On ? new Maintenance(who, request.Reason ?? "", now, request.Until) : null;
        var refusal = file.Save(maintenance);
        await assessor.MaintainAsync(maintenance, string.IsNullOrEmpty(request.Reason) ? $"by {who}" : $"by {who}: {request.Reason}");
        var until = maintenance?.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $" until {end:u}") : "";
        var kept = refusal is null ? "" : $"; a restart of the agent will not know of it: {refusal}";
        return new OperationResult(true, $"maintenance {(request.On ? "on" : "off")}{until}{kept}");
    }

    private string Named(DeviceId id) => view.Find(id) is { } device ? $"{id} ({device.Device.PciAddress})" : id.Value;

    private string Standing(DeviceId id)
    {
        var findings = (id == DeviceId.Node ? view.Assessment : view.Find(id)?.Assessment)?.Findings ?? [];
        var said = findings.Select(finding => finding.Key == 0 ? finding.Rule : string.Create(CultureInfo.InvariantCulture, $"{finding.Rule} {finding.Key}"));
        return findings.IsEmpty ? "no rule does" : $"these do: {string.Join(", ", said)}";
    }
}
