namespace Appliance.Speech.Recognition.Graphs.HuggingFace;

/// <summary>One copy of a row; either side may be <see cref="RowMoves.Scratch"/>.</summary>
/// <param name="From">Row that is read.</param>
/// <param name="To">Row that is overwritten.</param>
internal readonly record struct RowMove(int From, int To);
