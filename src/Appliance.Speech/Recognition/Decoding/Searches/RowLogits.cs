using Appliance.Speech.Recognition.Graphs;

namespace Appliance.Speech.Recognition.Decoding.Searches;

/// <summary>The logits of one window's rows.</summary>
/// <param name="graphs">Where they lie.</param>
/// <param name="firstRow">The window's first row.</param>
/// <param name="logitRow">Which of the rows that were asked for.</param>
/// <param name="isShared">True on the first step, when one row stands for all.</param>
internal readonly struct RowLogits(IWhisperGraphs graphs, int firstRow, int logitRow, bool isShared)
{
    /// <summary>True on the first step, when one row stands for all.</summary>
    public bool IsShared => isShared;

    /// <summary>Logits of a row of the window, shape [vocabulary].</summary>
    public Span<float> Row(int row) => graphs.Logits(firstRow + (isShared ? 0 : row), logitRow);
}
