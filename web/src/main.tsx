import { render } from "preact";
import "./page.css";
import { ChroniclePage } from "./ChroniclePage";
import { Detail } from "./Detail";
import { nameEnvironments, type PageData } from "./data";
import { IncidentPage } from "./IncidentPage";
import { commonPrefix } from "./names";
import { Header } from "./parts";
import { RunPage } from "./RunPage";
import { useRoute } from "./route";

function App({ page }: { page: PageData }) {
    const route = useRoute();
    const series = route["s"] ? page.series.find((candidate) => candidate.id === route["s"]) : undefined;
    if (series) {
        return (
            <>
                <Header title={page.page === "run" ? "Benchmark" : "Series"} page={page} />
                <Detail series={series} page={page} route={route} />
            </>
        );
    }
    const incident = page.incidents?.find(({ id }) => id === route["i"]);
    if (incident) {
        return (
            <>
                <Header title="Incident" page={page} />
                <IncidentPage
                    incident={incident}
                    page={page}
                    route={route}
                    prefix={commonPrefix(page.series.map((one) => one.name ?? one.label))}
                />
            </>
        );
    }
    return page.page === "run" ? <RunPage page={page} /> : <ChroniclePage page={page} />;
}

const data = document.getElementById("data")?.textContent ?? "{}";
const app = document.getElementById("app");
if (app) {
    render(<App page={nameEnvironments(JSON.parse(data) as PageData)} />, app);
}
