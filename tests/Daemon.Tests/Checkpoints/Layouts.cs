namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>Whole checkpoints of every format, as their frameworks lay them down; each twice, so that there is one before.</summary>
internal static class Layouts
{
    public static readonly string[] Names =
    [
        "megatron", "megatron-distributed", "deepspeed", "deepspeed-zero3", "deepspeed-pipeline", "huggingface", "huggingface-shards", "huggingface-deepspeed",
        "huggingface-fsdp", "paddle", "paddle-unified", "paddle-distributed", "torch-distributed", "plain-ranks",
    ];

    /// <summary>Lays down steps 100 and 200.</summary>
    /// <returns>The name of the newer.</returns>
    public static string Build(CheckpointFolder folder, string layout)
    {
        _ = One(folder, layout, 100);
        var newer = One(folder, layout, 200);
        if (layout.StartsWith("megatron", StringComparison.Ordinal)) folder.Text("latest_checkpointed_iteration.txt", "200");
        if (layout.StartsWith("deepspeed", StringComparison.Ordinal)) folder.Text("latest", "global_step200");
        return newer;
    }

    public static string One(CheckpointFolder folder, string layout, int step)
    {
        var name = layout.Split('-')[0] switch
        {
            "megatron" => $"iter_{step:D7}",
            "deepspeed" => $"global_step{step}",
            "huggingface" => $"checkpoint-{step}",
            "paddle" when layout != "paddle-distributed" => $"checkpoint-{step}",
            _ => $"step-{step}",
        };
        Fill(folder, layout, name, step);
        return name;
    }

    private static void Fill(CheckpointFolder folder, string layout, string name, int step)
    {
        switch (layout)
        {
            case "megatron":
                foreach (var rank in (string[])["00_000", "00_001", "01_000", "01_001"])
                    _ = folder.Torch($"{name}/mp_rank_{rank}/model_optim_rng.pt").Torch($"{name}/mp_rank_{rank}/distrib_optim.pt", 4000);
                break;
            case "megatron-distributed":
                folder.Text($"{name}/metadata.json", """{"sharded_backend":"torch_dist","sharded_backend_version":1,"common_backend":"torch","common_backend_version":1}""");
                folder.Torch($"{name}/common.pt");
                Distributed(folder, name);
                break;
            case "deepspeed":
                Zero(folder, name, model: false);
                break;
            case "deepspeed-zero3":
                Zero(folder, name, model: true);
                break;
            case "deepspeed-pipeline":
                foreach (var (layer, rank) in from layer in (string[])["00", "02", "03"] from rank in (string[])["00", "01"] select (layer, rank)) folder.Torch($"{name}/layer_{layer}-model_{rank}-model_states.pt");
                for (var rank = 0; rank < 4; rank++) folder.Torch($"{name}/mp_rank_0{rank}_model_states.pt");
                break;
            case "huggingface":
                Trainer(folder, name, step).Safetensors($"{name}/model.safetensors").Torch($"{name}/optimizer.pt", 8000);
                break;
            case "huggingface-shards":
                Trainer(folder, name, step).Torch($"{name}/optimizer.pt", 8000).Safetensors($"{name}/model-00001-of-00002.safetensors").Safetensors($"{name}/model-00002-of-00002.safetensors", 32)
                    .Text($"{name}/model.safetensors.index.json", """{"metadata":{"total_size":384},"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}""");
                break;
            case "huggingface-deepspeed":
                Trainer(folder, name, step).Text($"{name}/latest", $"global_step{step}");
                Zero(folder, $"{name}/global_step{step}", model: true);
                break;
            case "huggingface-fsdp":
                Trainer(folder, name, step);
                Distributed(folder, $"{name}/pytorch_model_fsdp_0");
                Distributed(folder, $"{name}/optimizer_0");
                break;
            case "paddle":
                Trainer(folder, name, step);
                foreach (var rank in (string[])["tp00_pp00", "tp00_pp01", "tp01_pp00", "tp01_pp01"])
                    folder.Pickle($"{name}/model_state.{rank}.pdparams", "w").Pickle($"{name}/optimizer.{rank}_shard00.pdopt", "m").Pickle($"{name}/optimizer.{rank}_shard01.pdopt", "m");
                break;
            case "paddle-unified":
                Trainer(folder, name, step);
                foreach (var kind in (string[])["model", "optimizer"])
                    folder.Safetensors($"{name}/{kind}-00001-of-00002.safetensors").Safetensors($"{name}/{kind}-00002-of-00002.safetensors")
                        .Text($"{name}/{kind}.safetensors.index.json", $$$"""{"weight_map":{"a":"{{{kind}}}-00001-of-00002.safetensors","b":"{{{kind}}}-00002-of-00002.safetensors"}}""");
                break;
            case "paddle-distributed":
                folder.Pickle($"{name}/0_0.distcp", "w").Pickle($"{name}/1_0.distcp", "w").Pickle($"{name}/0.metadata", "0_0.distcp", "1_0.distcp");
                break;
            case "torch-distributed":
                Distributed(folder, name);
                break;
            case "plain-ranks":
                for (var rank = 0; rank < 3; rank++) folder.Torch($"{name}/model-rank{rank}.pt");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layout), layout, "no such layout");
        }
    }

    private static CheckpointFolder Trainer(CheckpointFolder folder, string name, int step) => folder
        .Text($"{name}/trainer_state.json", $$"""{"global_step": {{step}}, "log_history": []}""").Torch($"{name}/scheduler.pt")
        .Torch($"{name}/rng_state_0.pth").Torch($"{name}/rng_state_1.pth");

    private static void Zero(CheckpointFolder folder, string name, bool model)
    {
        for (var mp = 0; mp < 2; mp++)
        {
            if (!model) folder.Torch($"{name}/mp_rank_0{mp}_model_states.pt");
            for (var dp = 0; dp < 4; dp++)
            {
                folder.Torch($"{name}/bf16_zero_pp_rank_{dp}_mp_rank_0{mp}_optim_states.pt", 8000);
                if (model) folder.Torch($"{name}/zero_pp_rank_{dp}_mp_rank_0{mp}_model_states.pt");
            }
        }
    }

    private static void Distributed(CheckpointFolder folder, string name)
    {
        foreach (var file in (string[])["__0_0.distcp", "__1_0.distcp", ".metadata"]) folder.RealTorch($"{name}/{file}", $"step-100/{file}");
    }
}
