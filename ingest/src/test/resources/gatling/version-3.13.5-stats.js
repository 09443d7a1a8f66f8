var stats = {
    type: "GROUP",
name: "All Requests",
path: "",
pathFormatted: "group_missing-name--1146707516",
stats: {
    "name": "All Requests",
    "numberOfRequests": {
        "total": "180",
        "ok": "171",
        "ko": "9"
    },
    "minResponseTime": {
        "total": "1",
        "ok": "1",
        "ko": "1"
    },
    "maxResponseTime": {
        "total": "583",
        "ok": "583",
        "ko": "23"
    },
    "meanResponseTime": {
        "total": "19",
        "ok": "20",
        "ko": "8"
    },
    "standardDeviation": {
        "total": "73",
        "ok": "75",
        "ko": "7"
    },
    "percentiles1": {
        "total": "5",
        "ok": "5",
        "ko": "6"
    },
    "percentiles2": {
        "total": "12",
        "ok": "12",
        "ko": "11"
    },
    "percentiles3": {
        "total": "49",
        "ok": "53",
        "ko": "23"
    },
    "percentiles4": {
        "total": "574",
        "ok": "574",
        "ko": "23"
    },
    "group1": {
    "name": "t < 800 ms",
    "htmlName": "t < 800 ms",
    "count": 171,
    "percentage": 95.0
},
    "group2": {
    "name": "800 ms <= t < 1200 ms",
    "htmlName": "t >= 800 ms <br> t < 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group3": {
    "name": "t >= 1200 ms",
    "htmlName": "t >= 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group4": {
    "name": "failed",
    "htmlName": "failed",
    "count": 9,
    "percentage": 5.0
},
    "meanNumberOfRequestsPerSecond": {
        "total": "90",
        "ok": "85.5",
        "ko": "4.5"
    }
},
contents: {
"group_errors--1294635157": {
          type: "GROUP",
name: "errors",
path: "errors",
pathFormatted: "group_errors--1294635157",
stats: {
    "name": "errors",
    "numberOfRequests": {
        "total": "90",
        "ok": "81",
        "ko": "9"
    },
    "minResponseTime": {
        "total": "1",
        "ok": "1",
        "ko": "1"
    },
    "maxResponseTime": {
        "total": "153",
        "ok": "153",
        "ko": "23"
    },
    "meanResponseTime": {
        "total": "10",
        "ok": "10",
        "ko": "8"
    },
    "standardDeviation": {
        "total": "19",
        "ok": "20",
        "ko": "7"
    },
    "percentiles1": {
        "total": "4",
        "ok": "4",
        "ko": "6"
    },
    "percentiles2": {
        "total": "10",
        "ok": "9",
        "ko": "11"
    },
    "percentiles3": {
        "total": "30",
        "ok": "30",
        "ko": "23"
    },
    "percentiles4": {
        "total": "153",
        "ok": "153",
        "ko": "23"
    },
    "group1": {
    "name": "t < 800 ms",
    "htmlName": "t < 800 ms",
    "count": 81,
    "percentage": 90.0
},
    "group2": {
    "name": "800 ms <= t < 1200 ms",
    "htmlName": "t >= 800 ms <br> t < 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group3": {
    "name": "t >= 1200 ms",
    "htmlName": "t >= 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group4": {
    "name": "failed",
    "htmlName": "failed",
    "count": 9,
    "percentage": 10.0
},
    "meanNumberOfRequestsPerSecond": {
        "total": "45",
        "ok": "40.5",
        "ko": "4.5"
    }
},
contents: {
"req_some---may--fai--1427586169": {
        type: "REQUEST",
        name: "some, &quot;may&quot; fail",
path: "errors / some, &quot;may&quot; fail",
pathFormatted: "req_errors---some----203683283",
stats: {
    "name": "some, &quot;may&quot; fail",
    "numberOfRequests": {
        "total": "90",
        "ok": "81",
        "ko": "9"
    },
    "minResponseTime": {
        "total": "1",
        "ok": "1",
        "ko": "1"
    },
    "maxResponseTime": {
        "total": "153",
        "ok": "153",
        "ko": "23"
    },
    "meanResponseTime": {
        "total": "10",
        "ok": "10",
        "ko": "8"
    },
    "standardDeviation": {
        "total": "19",
        "ok": "20",
        "ko": "7"
    },
    "percentiles1": {
        "total": "4",
        "ok": "4",
        "ko": "6"
    },
    "percentiles2": {
        "total": "10",
        "ok": "9",
        "ko": "11"
    },
    "percentiles3": {
        "total": "30",
        "ok": "30",
        "ko": "23"
    },
    "percentiles4": {
        "total": "153",
        "ok": "153",
        "ko": "23"
    },
    "group1": {
    "name": "t < 800 ms",
    "htmlName": "t < 800 ms",
    "count": 81,
    "percentage": 90.0
},
    "group2": {
    "name": "800 ms <= t < 1200 ms",
    "htmlName": "t >= 800 ms <br> t < 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group3": {
    "name": "t >= 1200 ms",
    "htmlName": "t >= 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group4": {
    "name": "failed",
    "htmlName": "failed",
    "count": 9,
    "percentage": 10.0
},
    "meanNumberOfRequestsPerSecond": {
        "total": "45",
        "ok": "40.5",
        "ko": "4.5"
    }
}
    }
}

     },"req_front-page--382343642": {
        type: "REQUEST",
        name: "front page",
path: "front page",
pathFormatted: "req_front-page--382343642",
stats: {
    "name": "front page",
    "numberOfRequests": {
        "total": "90",
        "ok": "90",
        "ko": "0"
    },
    "minResponseTime": {
        "total": "1",
        "ok": "1",
        "ko": "-"
    },
    "maxResponseTime": {
        "total": "583",
        "ok": "583",
        "ko": "-"
    },
    "meanResponseTime": {
        "total": "29",
        "ok": "29",
        "ko": "-"
    },
    "standardDeviation": {
        "total": "101",
        "ok": "101",
        "ko": "-"
    },
    "percentiles1": {
        "total": "6",
        "ok": "6",
        "ko": "-"
    },
    "percentiles2": {
        "total": "13",
        "ok": "13",
        "ko": "-"
    },
    "percentiles3": {
        "total": "68",
        "ok": "68",
        "ko": "-"
    },
    "percentiles4": {
        "total": "583",
        "ok": "583",
        "ko": "-"
    },
    "group1": {
    "name": "t < 800 ms",
    "htmlName": "t < 800 ms",
    "count": 90,
    "percentage": 100.0
},
    "group2": {
    "name": "800 ms <= t < 1200 ms",
    "htmlName": "t >= 800 ms <br> t < 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group3": {
    "name": "t >= 1200 ms",
    "htmlName": "t >= 1200 ms",
    "count": 0,
    "percentage": 0.0
},
    "group4": {
    "name": "failed",
    "htmlName": "failed",
    "count": 0,
    "percentage": 0.0
},
    "meanNumberOfRequestsPerSecond": {
        "total": "45",
        "ok": "45",
        "ko": "-"
    }
}
    }
}

}

function fillStats(stat){
    $("#numberOfRequests").append(stat.numberOfRequests.total);
    $("#numberOfRequestsOK").append(stat.numberOfRequests.ok);
    $("#numberOfRequestsKO").append(stat.numberOfRequests.ko);

    $("#minResponseTime").append(stat.minResponseTime.total);
    $("#minResponseTimeOK").append(stat.minResponseTime.ok);
    $("#minResponseTimeKO").append(stat.minResponseTime.ko);

    $("#maxResponseTime").append(stat.maxResponseTime.total);
    $("#maxResponseTimeOK").append(stat.maxResponseTime.ok);
    $("#maxResponseTimeKO").append(stat.maxResponseTime.ko);

    $("#meanResponseTime").append(stat.meanResponseTime.total);
    $("#meanResponseTimeOK").append(stat.meanResponseTime.ok);
    $("#meanResponseTimeKO").append(stat.meanResponseTime.ko);

    $("#standardDeviation").append(stat.standardDeviation.total);
    $("#standardDeviationOK").append(stat.standardDeviation.ok);
    $("#standardDeviationKO").append(stat.standardDeviation.ko);

    $("#percentiles1").append(stat.percentiles1.total);
    $("#percentiles1OK").append(stat.percentiles1.ok);
    $("#percentiles1KO").append(stat.percentiles1.ko);

    $("#percentiles2").append(stat.percentiles2.total);
    $("#percentiles2OK").append(stat.percentiles2.ok);
    $("#percentiles2KO").append(stat.percentiles2.ko);

    $("#percentiles3").append(stat.percentiles3.total);
    $("#percentiles3OK").append(stat.percentiles3.ok);
    $("#percentiles3KO").append(stat.percentiles3.ko);

    $("#percentiles4").append(stat.percentiles4.total);
    $("#percentiles4OK").append(stat.percentiles4.ok);
    $("#percentiles4KO").append(stat.percentiles4.ko);

    $("#meanNumberOfRequestsPerSecond").append(stat.meanNumberOfRequestsPerSecond.total);
    $("#meanNumberOfRequestsPerSecondOK").append(stat.meanNumberOfRequestsPerSecond.ok);
    $("#meanNumberOfRequestsPerSecondKO").append(stat.meanNumberOfRequestsPerSecond.ko);
}
