import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Simulation;

public class ReaderSimulation extends Simulation {
    {
        setUp(scenario("reader")
                        .repeat(30)
                        .on(exec(http("front page").get("/"))
                                .group("errors")
                                .on(exec(http("some, \"may\" fail")
                                        .get("/some-fail")
                                        .check(status().is(200)))))
                        .injectOpen(atOnceUsers(3)))
                .protocols(http.baseUrl("http://127.0.0.1:8099").disableWarmUp())
                .assertions(global().failedRequests().percent().lt(20.0));
    }
}
