/** Tables of models: timm, and the dynamo benchmarks of PyTorch. */
package dev.plumbline.ingest.timm;
