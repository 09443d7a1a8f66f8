package dev.plumbline.measure.process;

class PlainProcessRunnerTest extends ProcessRunnerContract {
    @Override
    ProcessRunner runner() {
        return runner;
    }

    private final ProcessRunner runner = new PlainProcessRunner();
}
