from locust import HttpUser, constant, task


class Reader(HttpUser):
    wait_time = constant(0.01)
    host = "http://127.0.0.1:8099"

    @task(3)
    def front_page(self):
        self.client.get("/")

    @task
    def named(self):
        self.client.get("/some-fail", name='some "may", fail')

    @task
    def post(self):
        self.client.post("/items?id=1", data="x")
