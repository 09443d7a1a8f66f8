/** {@code torch.utils.benchmark} of PyTorch. */
package dev.plumbline.ingest.torch;
