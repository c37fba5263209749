using System.Globalization;
using System.Text.Json;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary><c>trainer_state.json</c>, which the Trainers of Transformers and PaddleNLP write after weights and optimizer; it has the step.</summary>
internal static class TrainerState
{
    public const string File = "trainer_state.json";

    private const int Most = 64 << 20;

    public static void Judge(CheckpointInquiry inquiry)
    {
        if (!inquiry.Has(File))
        {
            inquiry.Refuse(File, CheckpointDefectKind.NotCommitted, "is missing: it is written when weights and optimizer are");
            return;
        }

        if (inquiry.Text(File, Most) is not { } text) return;
        using var document = Contents.JsonFile.Parse(System.Text.Encoding.UTF8.GetBytes(text));
        if (document is not { RootElement.ValueKind: JsonValueKind.Object } || !document.RootElement.TryGetProperty("global_step", out var told)) return;
        if (inquiry.Step is { } step && told.ValueKind == JsonValueKind.Number && told.TryGetInt64(out var says) && says != step)
            inquiry.Refuse(File, CheckpointDefectKind.Invalid, string.Create(CultureInfo.InvariantCulture, $"tells step {says}, the folder's name {step}"));
    }
}
