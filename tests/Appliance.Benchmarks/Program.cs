using Appliance.Benchmarks.Speech;

return args switch
{
    ["speech", .. string[] rest] => SpeechBenchmark.Run(rest),
    ["calls", .. string[] rest] => Transcribing.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: speech [--json FILE] [--corpus FOLDER] [--quick] | calls [OPTION…]");
    return 2;
}
