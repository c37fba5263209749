using Forewarn.Daemon.Api;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Fleet;

/// <summary>The controller tells who looks through its socket or shows the operator's token, and takes orders through its socket. A report proves itself whose it is.</summary>
/// <param name="callers">Knows who may look.</param>
/// <param name="operators">Who may give orders.</param>
internal sealed class FleetDoorkeeper(Callers callers, OperatorDoor operators) : IDoorkeeper
{
    public string Server => "controller";

    public string Manual => "docs/fleet.md";

    public Refusal? Refuse(HttpContext context, Route route)
    {
        switch (route.Audience)
        {
            case Audience.ThisMachine when !callers.MayLook(context):
                context.Response.Headers.WWWAuthenticate = "Bearer";
                return new(
                    StatusCodes.Status401Unauthorized, $"{context.Request.Path.Value} asks for an operator's token", "on the controller itself: forewarn fleet; from elsewhere: OperatorTokenFile= in [Fleet]");
            case Audience.Operator when operators.Refuse(context) is { } why:
                return new(StatusCodes.Status403Forbidden, why, $"on the controller, as root or a member of the group {OperatorRule.Group}: forewarn fleet approve|reject|hold|release");
            default:
                return null;
        }
    }
}
