/** Benchmarks of language model servers: LLMPerf and vLLM. */
package dev.plumbline.ingest.llm;
