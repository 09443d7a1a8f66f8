import { render } from "preact";
import "./page.css";
import { ChroniclePage } from "./ChroniclePage";
import { Detail } from "./Detail";
import type { PageData } from "./data";
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
    return page.page === "run" ? <RunPage page={page} /> : <ChroniclePage page={page} />;
}

const data = document.getElementById("data")?.textContent ?? "{}";
const app = document.getElementById("app");
if (app) {
    render(<App page={JSON.parse(data) as PageData} />, app);
}
