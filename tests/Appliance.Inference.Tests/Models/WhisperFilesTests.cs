using Appliance.Inference.Models;
using Appliance.Testing;

namespace Appliance.Inference.Tests.Models;

public sealed class WhisperFilesTests
{
    [Theory]
    [InlineData(WhisperLayout.SplitCrossKv, "encoder.onnx decoder.onnx", "encoder.onnx decoder.onnx config.json")]
    [InlineData(WhisperLayout.Merged, "onnx/encoder_model.onnx onnx/decoder_model_merged.onnx", "onnx/encoder_model.onnx onnx/decoder_model_merged.onnx onnx/decoder_model.onnx onnx/decoder_with_past_model.onnx")]
    [InlineData(WhisperLayout.Split, "onnx/encoder_model.onnx onnx/decoder_model.onnx onnx/decoder_with_past_model.onnx", "onnx/encoder_model.onnx onnx/decoder_model.onnx onnx/decoder_with_past_model.onnx")]
    [InlineData(WhisperLayout.Merged, "encoder_model.onnx decoder_model_merged.onnx", "encoder_model.onnx decoder_model_merged.onnx")]
    [InlineData(WhisperLayout.Merged, "onnx/encoder_model_quantized.onnx onnx/decoder_model_merged_quantized.onnx", "onnx/encoder_model.onnx onnx/encoder_model_fp16.onnx onnx/encoder_model_quantized.onnx onnx/decoder_model_merged.onnx onnx/decoder_model_merged_quantized.onnx onnx/decoder_model_merged_q4.onnx")]
    [InlineData(WhisperLayout.Merged, "onnx/encoder_model_fp16.onnx onnx/decoder_model_merged_q4.onnx", "onnx/encoder_model_fp16.onnx onnx/decoder_model_merged_q4f16.onnx onnx/decoder_model_merged_q4.onnx")]
    [InlineData(WhisperLayout.Split, "onnx/encoder_model.onnx onnx/decoder_model_int8.onnx onnx/decoder_with_past_model_int8.onnx", "onnx/encoder_model.onnx onnx/decoder_model_int8.onnx onnx/decoder_with_past_model_int8.onnx onnx/decoder_model_quantized.onnx onnx/decoder_model_merged.onnx")]
    public void Find_FilesOfALayout_PicksTheOnesForAProcessor(WhisperLayout layout, string expected, string present)
    {
        WhisperGraphNames names = WhisperGraphNames.Find("/model", present.Split(' '));

        Assert.Equal(layout, names.Layout);
        Assert.Equal(expected.Split(' '), names.All);
    }

    [Theory]
    [InlineData("onnx/encoder_model.onnx", "config.json")]
    [InlineData("onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx")]
    [InlineData("encoder_model.onnx", "decoder_model_merged.onnx")]
    [InlineData("decoder.onnx", "encoder.onnx")]
    [InlineData("onnx/decoder_model_merged.onnx", "onnx/encoder_model.onnx")]
    [InlineData("onnx/decoder_with_past_model_q4.onnx", "onnx/encoder_model.onnx onnx/decoder_model_q4.onnx")]
    [InlineData("onnx/decoder_model.onnx", "onnx/encoder_model.onnx onnx/decoder_with_past_model.onnx")]
    public void Find_FileMissing_IsIncompleteAndNamesIt(string missing, string present)
    {
        ModelException fault = Assert.Throws<ModelException>(() => WhisperGraphNames.Find("/model", present.Split(' ')));

        Assert.Equal(ModelError.Incomplete, fault.Code);
        Assert.Equal("/model/" + missing, fault.Path);
    }

    [Theory]
    [InlineData("whisper-base", WhisperLayout.SplitCrossKv)]
    [InlineData("whisper-tiny.en", WhisperLayout.Merged)]
    public void Find_SharedModel_GivesFilesThatExist(string name, WhisperLayout layout)
    {
        string folder = SharedFolder.Require("models", name);

        WhisperFiles files = WhisperFiles.Find(new(folder, ModelManifestFile.Read(folder)));

        Assert.Equal(layout, files.Layout);
        Assert.True(File.Exists(files.EncoderPath));
        Assert.True(File.Exists(files.DecoderPath));
        Assert.Null(files.DecoderWithPastPath);
    }
}
