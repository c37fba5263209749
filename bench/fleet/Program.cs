using System.Globalization;
using Forewarn.Bench.Fleet;

// Program site FOLDER NODES AT_WORK NODES_A_JOB: writes what a controller of so many nodes is given. Program agents FOLDER PORT NODES: reports as so many agents do,
// and does what stands in its input, a word a line; one JSON object a line comes out. measure/fleet.py does both.
switch (args)
{
    case ["site", var folder, var nodes, var atWork, var share]:
        SiteFiles.Write(folder, Number(nodes), Number(atWork), Number(share));
        return 0;
    case ["agents", var folder, var port, var nodes]:
        await using (var crowd = new Crowd(folder, Number(port), Number(nodes)))
        {
            await crowd.ObeyAsync(Console.In, Console.Out);
        }

        return 0;
    default:
        Console.Error.WriteLine("site FOLDER NODES AT_WORK NODES_A_JOB | agents FOLDER PORT NODES");
        return 2;
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
